// Compiles the stylesheet and copies the font, scripts and licence texts of the pinned packages into the repository.
// It is a developer's command (`make vendor`, `make vendor-check`); nothing of node is needed to run the site.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(source));
const modules = join(root, "node_modules");
const font = "@fontsource-variable/source-sans-3";

// target folder -> package -> { licence, text: licence file, files: { name in the target: file in the package } }
const VENDORED = {
  "config/static/vendor": {
    "govuk-frontend": {
      text: join(source, "licences/govuk-frontend.txt"),
      files: { "govuk-frontend.min.js": "dist/govuk/govuk-frontend.min.js" },
      compiled: { "baken.css": join(source, "baken.scss") },
    },
    [font]: {
      text: join(modules, font, "LICENSE"),
      files: Object.fromEntries(
        ["latin", "latin-ext"].map((range) => `source-sans-3-${range}-wght-normal.woff2`).map((name) => [`fonts/${name}`, `files/${name}`]),
      ),
    },
    "htmx.org": { text: join(modules, "htmx.org/LICENSE"), files: { "htmx.min.js": "dist/htmx.min.js" } },
  },
  "tests/vendor": {
    "axe-core": {
      text: join(modules, "axe-core/LICENSE"),
      files: { "axe.min.js": "axe.min.js", "licences/axe-core-third-parties.txt": "LICENSE-3RD-PARTY.txt" },
    },
  },
};

const withoutMap = (text) => text.replace(/\n?(\/\/|\/\*)[#@] sourceMappingURL=[^\n]*/g, "");

function content(path) {
  return /\.(js|txt)$|LICENSE$/.test(path) ? Buffer.from(withoutMap(readFileSync(path, "utf8")).trimEnd() + "\n") : readFileSync(path);
}

function compiled(path) {
  return Buffer.from(sass.compile(path, { style: "compressed", quietDeps: true }).css + "\n");
}

function packageFiles(name, { text, files, compiled: sheets = {} }) {
  const found = { [`licences/${name.split("/").pop()}.txt`]: content(text) };
  for (const [target, file] of Object.entries(files)) found[target] = content(join(modules, name, file));
  for (const [target, file] of Object.entries(sheets)) found[target] = compiled(file);
  return found;
}

function wanted(folder, packages) {
  const files = {};
  const lines = ["# package  version  licence  file  sha256; written by 'make vendor'"];
  for (const [name, description] of Object.entries(packages)) {
    const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    for (const [target, bytes] of Object.entries(packageFiles(name, description))) {
      files[target] = bytes;
      lines.push([name, version, license, target, createHash("sha256").update(bytes).digest("hex")].join("  "));
    }
  }
  files.VENDORED = Buffer.from(lines.join("\n") + "\n");
  return files;
}

function present(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => name !== "README.md");
}

function write(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

function differences(folder, files) {
  const changed = Object.keys(files).filter((name) => !existsSync(join(folder, name)) || !readFileSync(join(folder, name)).equals(files[name]));
  const strange = present(folder).filter((name) => !(name in files));
  return [...changed, ...strange].map((name) => join(relative(root, folder), name));
}

const check = process.argv.includes("--check");
const wrong = [];
for (const [folder, packages] of Object.entries(VENDORED)) {
  const files = wanted(folder, packages);
  if (check) wrong.push(...differences(join(root, folder), files));
  else write(join(root, folder), files);
}
if (wrong.length) {
  console.error(`Vendored files differ from their packages; run 'make vendor' and commit:\n${wrong.join("\n")}`);
  process.exit(1);
}
