/**
 * Bundles the command: `node cli/build.mjs [folder]` (default `dist`). What a command needs is loaded only when it runs,
 * so the bundle is split. Nothing of node_modules is needed at run time; both WebAssembly files lie beside the bundle.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { directImports } from './direct-imports.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, 'dist'));
const require = createRequire(import.meta.url);

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { 'bpg-migrate': 'cli/main.ts', demo: 'cli/demo.ts', library: 'library/index.ts' },
  outdir: folder,
  bundle: true,
  splitting: true,
  // Not the names: a stack in a fault report is read by them, and shorter ones start no faster.
  minifyWhitespace: true,
  minifySyntax: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunk-[hash]',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: { BPG_BUILD: JSON.stringify(hashOfSources()) },
  plugins: [directImports(join(root, 'src/index.ts'), join(root, 'cli'))],
  // What CommonJS packages take for granted.
  banner: {
    js: [
      "import{createRequire as bpgRequire}from'node:module';",
      'const require=bpgRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;',
    ].join(''),
  },
});

const packages = new Set(Object.keys(metafile.inputs).flatMap((input) => packageOf(input)));
for (const name of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm']) {
  copyFileSync(require.resolve(name), join(folder, basename(name)));
  packages.add(`node_modules/${dirname(name)}`);
}
writeFileSync(join(folder, 'LICENSES.txt'), [...packages].sort().map(licenseOf).join('\n'));
chmodSync(join(folder, 'bpg-migrate.js'), 0o755);
writeTypes();
removeStale();

/** The folder of the package that a bundled file is from; none for our own. */
function packageOf(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match === null ? [] : [match[1]];
}

/** What the packages' licenses ask to travel with a copy. */
function licenseOf(path) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, path)).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(root, path, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}

/** Names the program that the bundle is: what it kept is nothing to another one. */
function hashOfSources() {
  const files = ['src', 'cli', 'library'].flatMap((from) =>
    readdirSync(join(root, from), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const file of [...files.sort(), join(root, 'package.json'), join(root, 'package-lock.json')])
    hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** The types of the library: its own file and the vocabulary, which imports nothing else. */
function writeTypes() {
  const parts = readdirSync(join(root, 'src/model')).map((file) => [
    `src/model/${file}`,
    `model/${basename(file, '.ts')}`,
  ]);
  mkdirSync(join(folder, 'model'), { recursive: true });
  for (const [source, name] of [['library/index.ts', 'library'], ['src/model.ts', 'model'], ...parts]) {
    const fileName = join(root, source);
    const { outputText } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), {
      fileName,
      compilerOptions: { isolatedDeclarations: true },
    });
    const text = outputText.replaceAll("'../src/model.ts'", "'./model.js'").replace(/(from '\.\/.*)\.ts'/g, "$1.js'");
    if (/from '\.\.\//.test(text)) throw new Error(`${source} shows types that the package has no file for`);
    writeFileSync(join(folder, `${name}.d.ts`), text);
  }
}

/** Chunks of earlier builds; their names are hashes, so nothing else would ever remove them. */
function removeStale() {
  const made = new Set(Object.keys(metafile.outputs).map((output) => basename(output)));
  for (const entry of readdirSync(folder)) {
    if (/^chunk-.*\.js$/.test(entry) && !made.has(entry)) rmSync(join(folder, entry));
  }
  if (!existsSync(join(folder, 'bpg-migrate.js'))) throw new Error('the bundle lacks its entry');
}
