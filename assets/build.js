// Writes candour.css and the scripts where Django's static files finder looks; refuses anything that would ask for a file.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const built = "candour/kernel/web/static/candour/built";
mkdirSync(built, { recursive: true });
// The libraries' warnings to each other are not ours to mend; warnings about our own files are shown.
const logger = { warn: (message, { stack = "" }) => stack.startsWith("node_modules") || console.warn(message, stack) };
const options = { style: "compressed", loadPaths: ["node_modules", "."], quietDeps: true, logger };
const { css } = compile("assets/candour.scss", options);
for (const refused of ["@font-face", "/assets/", "url(", "@import", "GDS Transport"]) {
  if (css.includes(refused)) throw new Error(`The style sheet holds ${refused}, which no page may ask for.`);
}
writeFileSync(`${built}/candour.css`, css);
for (const script of ["candour.js", "passkeys.js"]) copyFileSync(`assets/${script}`, `${built}/${script}`);
