Creator "yFiles"
Version "2.17"
graph
[
	directed	1
	node
	[
		id	0
		label	"Stress"
		graphics
		[
			x	10.5
			y	20
			fill	"#FFCC00"
		]
	]
	node
	[
		id	1
		label	"Sleep quality"
	]
	node
	[
		id	2
		label	"Snacking"
	]
	edge
	[
		source	0
		target	1
		label	"-"
		graphics
		[
			targetArrow	"standard"
		]
	]
	edge
	[
		source	0
		target	2
		label	"+"
	]
	edge
	[
		source	0
		target	2
		label	"+"
	]
]
