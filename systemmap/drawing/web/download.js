// @ts-check
/** Hands a file that Python made to the browser's downloads (Components v2), and says so. */

const handed = new Set(); // a component taken away and put back must not hand it out again

/**
 * @typedef {object} File what downloads.py sends
 * @property {string} [nonce] none = nothing to hand out
 * @property {string} name
 * @property {string} type
 * @property {string} content in base 64
 * @property {string} [failed] it could not be made: the page says why
 */

/** @param {{data: File, parentElement: HTMLElement}} component as Streamlit hands it over */
export default function hand(component) {
  const { nonce, name, type, content, failed } = component.data;
  const root = component.parentElement;
  let said = root.querySelector("[role=status]");
  if (!said) {
    said = document.createElement("p");
    said.setAttribute("role", "status"); // there before it speaks, or nobody hears it
    root.append(said);
  }
  if (failed) {
    said.textContent = "";
  } else if (nonce && !handed.has(nonce)) {
    handed.add(nonce);
    save(name, type, content);
    said.textContent = `${name} is among your downloads.`;
  }
}

/** @param {string} name @param {string} type @param {string} content */
function save(name, type, content) {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow disk still reads it
}
