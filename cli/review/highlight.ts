/** What each character of code is, for its colour: read by the grammar of its language, never shown as anything else. */
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';
import type { FileView } from '../../src/index.ts';
import type { Look } from './theme.ts';

type Tree = ReturnType<ReturnType<typeof createLowlight>['highlight']>;
type Node = Tree['children'][number];

/** By the grammar's names; what is not here keeps the terminal's own colour. */
const looks: Readonly<Record<string, Look>> = {
  'hljs-keyword': 'keyword',
  'hljs-literal': 'keyword',
  'hljs-string': 'string',
  'hljs-number': 'number',
  'hljs-comment': 'comment',
  'hljs-attr': 'key',
  'hljs-meta': 'key',
  'hljs-subst': 'plain',
};

let lowlight: ReturnType<typeof createLowlight> | null = null;

/** Above this many characters colour costs more time than it is worth while somebody waits. */
const longest = 20_000;

/** The look of every UTF-16 unit, line by line, ends of lines left out. `prefix` stands before the text and is not counted. */
export function looksOf(text: string, language: FileView['language'], prefix = ''): readonly (readonly Look[])[] {
  const lines: Look[][] = [[]];
  if (text.length > longest) return text.split('\n').map((line) => Array.from({ length: line.length }, () => 'plain'));
  lowlight ??= createLowlight({ json, python, yaml });
  let skip = prefix.length;
  const put = (value: string, look: Look): void => {
    for (const unit of value.slice(skip).split(/(\n)/)) {
      if (unit === '\n') lines.push([]);
      else for (let at = 0; at < unit.length; at++) lines.at(-1)?.push(look);
    }
    skip = Math.max(0, skip - value.length);
  };
  const walk = (node: Node, look: Look): void => {
    if (node.type === 'text') put(node.value, look);
    else if (node.type === 'element') {
      const names = node.properties['className'];
      const own = Array.isArray(names)
        ? names.map((name) => looks[String(name)]).find((one) => one !== undefined)
        : null;
      for (const child of node.children) walk(child, own ?? look);
    }
  };
  for (const node of lowlight.highlight(language, prefix + text).children) walk(node, 'plain');
  return lines;
}
