// @ts-check
/**
 * What the scripts hand each other. What comes from Python keeps Python's names:
 * scene.py, styles.py, placed.py, overlay.py, told_loops.py and interactive.py make it.
 */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {Point & {width: number, height: number}} Frame */

/**
 * Where a line starts, then for each quadratic curve what it bends towards and
 * where it ends: x, y, x, y … as `Placed.line_data` of placed.py writes it.
 * @typedef {number[]} Route
 */

/**
 * @typedef {object} Sized a label and the box it needs
 * @property {string} label
 * @property {string[]} lines
 * @property {number} width
 * @property {number} height
 */

/**
 * @typedef {object} BoxOnly
 * @property {string} id
 * @property {string} theme
 * @property {string} [layer]
 * @property {number | null} [rung] how far it is acted on; null = not asked for
 * @property {string[]} [actions] their names
 * @property {string[]} [assets] their names
 * @property {number | null} [priority] how many people voted for it
 * @property {boolean} [pinned]
 */

/** @typedef {Sized & Point & BoxOnly} Box one factor as drawn */

/** @typedef {"more" | "less" | "unknown" | "disputed"} StyleKey */
/** @typedef {"weak" | "unrated" | "medium" | "strong"} Strength */
/** @typedef {"stated" | "agreed" | "disputed"} Confidence */

/**
 * @typedef {object} Line one link as drawn
 * @property {string} source
 * @property {string} target
 * @property {StyleKey} style
 * @property {number} width
 * @property {number} ink a share of 1
 * @property {boolean} slow
 * @property {Strength} strength
 * @property {Confidence} confidence
 * @property {boolean} either_way
 * @property {string} [reason]
 * @property {Route | null} [route] as placed; none = a plain curve
 * @property {[number, number] | null} [sign] where its sign stands
 */

/**
 * @typedef {object} Theme
 * @property {string} key "" = not sorted
 * @property {string} name
 * @property {string} code
 * @property {string} light
 * @property {string} dark
 * @property {boolean} [dashed]
 * @property {boolean} [second]
 */

/** @typedef {Point & {theme: string, lines: string[], half: [number, number]}} ThemeName half its width and height */
/** @typedef {[number, number, number, number]} Tray left, top, width, height */
/** @typedef {{id: string, name: string}} Listed */

/**
 * @typedef {object} Scene a map made ready to draw
 * @property {Box[]} boxes
 * @property {Line[]} lines
 * @property {Theme[]} themes
 * @property {Record<string, [number, number]>} [at] where Python drew each box
 * @property {Record<string, [number, number]> | null} [together] places of a map stored too wide
 * @property {Record<string, number[][]>} [grounds] polygons by theme
 * @property {ThemeName[]} [names]
 * @property {Tray[]} [trays]
 * @property {string} [tray_words]
 * @property {Record<string, string>} [cover_words] by rung
 * @property {Record<string, string>} [key_words]
 * @property {string[]} [notes] the words that travel with a picture
 */

/**
 * @typedef {object} LiveExtras what a canvas on a server gets besides
 * @property {Looks} looks
 * @property {number} rev
 * @property {boolean} covered
 * @property {{key: string, name: string}[]} theme_choices
 * @property {{actions: Listed[], assets: Listed[]}} [register]
 */

/** @typedef {Scene & LiveExtras} LiveScene */

/**
 * @typedef {object} LinkStyle
 * @property {string} sign
 * @property {string} light
 * @property {string} dark
 * @property {number[]} dash
 * @property {"filled" | "open"} head
 * @property {string} words
 * @property {number} rest share of its ink at rest
 * @property {number} lines
 */

/**
 * @typedef {object} Look the colours of a light or a dark map, by what they are for
 * @property {"light" | "dark"} name
 * @property {string} paper
 * @property {string} ground
 * @property {string} ink
 * @property {string} quiet
 * @property {string} border
 * @property {string} action
 * @property {string} focus
 * @property {string} more
 * @property {string} less
 * @property {string} unknown
 */

/**
 * @typedef {object} Shares of a colour in another, from nothing to one
 * @property {number} fill of a theme's in its boxes
 * @property {number} ground of a theme's in its ground
 * @property {number} name of a theme's in its name on the ground
 * @property {number} heat of a measure's in a box, at most
 */

/**
 * @typedef {object} Looks
 * @property {Look} light
 * @property {Look} dark
 * @property {Record<StyleKey, LinkStyle>} links
 * @property {number} at_rest share of ink and width of links that stand back
 * @property {Record<Strength, number>} widths
 * @property {Record<Confidence, number>} inks
 * @property {Shares} shares
 */

/** @typedef {"new" | "gone" | "reworded" | "sign" | "both" | "disputed"} ChangeKind */

/**
 * @typedef {object} Overlay a comparison laid over the map
 * @property {Record<string, string>} words
 * @property {Record<string, string>} short
 * @property {Record<string, ChangeKind>} boxes
 * @property {Record<string, ChangeKind>} lines
 * @property {Record<string, string>} [flags]
 * @property {Box[]} [gone_boxes]
 * @property {Line[]} [gone_lines]
 * @property {Theme[]} [themes]
 */

/** @typedef {[string, string]} Pair a link's source and target */

/**
 * @typedef {object} ToldLoop
 * @property {"R" | "B" | "?"} kind
 * @property {string[]} factors
 * @property {Pair[]} links
 * @property {string} sentence
 * @property {{sentence: string, links: Pair[]}[]} steps
 */

/** @typedef {{rev: number, sentence: string, loops: ToldLoop[]}} FoundLoops */

/**
 * @typedef {object} Filter null = all
 * @property {string[] | null} [themes]
 * @property {string[] | null} [determinants] layers of determinants
 * @property {number[] | null} [rungs]
 * @property {string[] | null} [styles]
 * @property {string[] | null} [agreed]
 * @property {{boxes: string[], lines: string[]} | null} [said] what some tables said
 * @property {boolean} [hide] whether the rest is taken away instead of faded
 */

/** @typedef {"causes" | "effects" | "both"} Way */
/** @typedef {{id: string, way: Way, steps: number}} Focus */
/** @typedef {"gaps" | "actions" | "assets" | "votes" | "loops"} Layer */
/** @typedef {Record<string, [number | null, string]>} Heat a share of 1 and words, by factor */
/** @typedef {{ids: Set<string>, links: Set<string>, kind: string}} Told */
/** @typedef {{scale: number, position: Point}} View */
/** @typedef {{into: number, out: number}} Degree */

/**
 * @typedef {object} Stroke how one link is drawn just now
 * @property {string} colour
 * @property {number} width
 * @property {number[]} dash
 * @property {boolean} twin two thin lines
 * @property {boolean} open an open head
 * @property {boolean} directed with a head at all
 */

/** @typedef {{id: string, x: number, y: number}} Move */

/**
 * @typedef {object} Hooks what whoever made a map wants to hear
 * @property {(id: string | null) => void} [onSelect] a factor was chosen, or none
 * @property {(pair: Pair) => void} [onLine] a link was chosen
 * @property {(key: string) => void} [onTheme] a theme's name was pointed at
 * @property {(moves: Move[]) => void} [onMove]
 * @property {(id: string | null) => void} [onStartLink] L was pressed on a factor
 * @property {(id: string | null) => boolean} [onEnter] Enter was pressed; true = dealt with
 * @property {(key: string, id: string | null) => boolean} [onKey] any other key; true = dealt with
 * @property {() => void} [onView] zoomed or panned
 * @property {() => void} [onLeave] Escape was pressed
 */

/**
 * @typedef {object} Options
 * @property {boolean} [movable] whether factors can be moved and the map changed
 * @property {"light" | "dark"} [look]
 */

/** @typedef {import("./map_state.js").MapState} MapState */
/** @typedef {ReturnType<typeof import("./map_parts.js").buildParts>} MapParts */
/** @typedef {ReturnType<typeof import("./map.js").createMap>} SystemMap */
/** @typedef {ReturnType<typeof import("./told_loop.js").createTeller>} Teller */
/** @typedef {(ctx: CanvasRenderingContext2D, scale: number) => void} Painter */

/**
 * What the parts of one map know of each other, while they make it together.
 * @typedef {object} MapMaking
 * @property {HTMLElement} root
 * @property {MapParts} parts
 * @property {MapState} state
 * @property {Looks} looks
 * @property {Hooks} hooks
 * @property {Options} options
 * @property {import("./engine.js").Network} network
 * @property {import("./engine.js").DataSet} nodes
 * @property {import("./engine.js").DataSet} edges
 * @property {(() => void)[]} chosenMany who hears that other factors are chosen together
 * @property {import("./view.js").MapView} view
 * @property {(words: string) => void} say
 * @property {import("./engine_items.js").EngineItems} items
 * @property {import("./viewport.js").Viewport} viewport
 * @property {import("./painter.js").MapPainter} painter
 * @property {import("./listbox.js").Listbox} listbox
 * @property {() => void} refresh show the same scene anew
 */

export {};
