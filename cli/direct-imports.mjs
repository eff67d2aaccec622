/**
 * A plugin for the bundler: what the command line takes from the front door is taken from where it is defined. The
 * bundler would else count all that the door leads to as needed by everyone who goes through it, in one piece.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** `door`: the absolute path of the front door. Files below `from` go through it. */
export function directImports(door, from) {
  const homes = homesIn(door);
  return {
    name: 'direct-imports',
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        if (!path.startsWith(from)) return null;
        const loader = path.endsWith('x') ? 'tsx' : 'ts';
        return { contents: rewritten(readFileSync(path, 'utf8'), path, door, homes), loader };
      });
    },
  };
}

const statement = /^(import|export)\s+(type\s+)?\{([^}]*)\}\s+from\s+'([^']+)';/gm;

/** Where each name of the door is defined: a path and its name there. */
function homesIn(door) {
  const homes = new Map();
  const text = readFileSync(door, 'utf8');
  for (const [, word, isType, list, target] of text.matchAll(statement)) {
    if (word !== 'export') continue;
    const path = join(dirname(door), target);
    const inner = isType ? new Map() : homesIn(path);
    for (const { name, local, type } of isType ? [] : clausesOf(list)) {
      if (!type) homes.set(local, inner.get(name) ?? { path, name });
    }
  }
  for (const [, target] of text.matchAll(/^export \* from '([^']+)';/gm)) {
    for (const [name, home] of homesIn(join(dirname(door), target))) homes.set(name, home);
  }
  return homes;
}

function rewritten(text, path, door, homes) {
  return text.replace(statement, (all, word, isType, list, target) => {
    if (isType || join(dirname(path), target) !== door) return all;
    return clausesOf(list)
      .filter(({ type }) => !type)
      .map(({ name, local }) => {
        const home = homes.get(name);
        if (home === undefined) throw new Error(`${path}: the front door has no '${name}'`);
        const way = relative(dirname(path), home.path).replaceAll('\\', '/');
        return `${word} { ${home.name} as ${local} } from '${way}';`;
      })
      .join(' ');
  });
}

function clausesOf(list) {
  return list
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .map((clause) => {
      const [, type, name, local] = /^(type\s+)?(\w+)(?:\s+as\s+(\w+))?$/.exec(clause) ?? [];
      return { type: type !== undefined, name, local: local ?? name };
    });
}
