/** One translation under way: the tree that becomes the request, and what has been said about it. */
import type { DocumentFinding, FindingArguments, Json, Loss, LossClass, TranslateOptions } from '../model.ts';
import { rowOf } from './fields/index.ts';
import type { FieldType } from './fields/row.ts';
import type { Masked } from './mask.ts';
import { isAmbiguous } from './scalars.ts';
import { looksSecret, masked as maskedValue } from './secrets.ts';
import {
  commentsOf,
  type Entry,
  entryOf,
  insertInOrder,
  isList,
  isMapping,
  isText,
  type List,
  type Mapping,
  mappingOf,
  newEntry,
  newMapping,
  newText,
  offsetOf,
  putComments,
  removeFrom,
  replaceValue,
  type Text,
  textOf,
  type Value,
} from './tree.ts';

/** Order in which keys are written that the source does not have. */
export const specOrder: readonly string[] = [
  'type',
  'image',
  'imagePullPolicy',
  'sparkVersion',
  'pythonVersion',
  'mainClass',
  'mainApplicationFile',
  'arguments',
  'sparkConf',
  'deps',
  'volumes',
  'driver',
  'executor',
];

/** Home-made placeholders, which the DAG's own code fills in. */
const homemade =
  /<[A-Za-z_][\w.-]*>|\$\{[^{}]*\}|\$[A-Z_][A-Z0-9_]+\b|__[A-Za-z]\w*?__|%\(\w+\)[sd]|\{[A-Za-z_]\w*\}|@[A-Z_]+@/;

export interface Told {
  readonly why?: string;
  readonly remedy?: string;
}

export class Work {
  readonly findings: DocumentFinding[] = [];
  readonly losses: Loss[] = [];
  /** Scalars that are numbers or booleans in the request; all others are texts. */
  readonly types: Map<Text, FieldType> = new Map();
  /** Major and minor version; null where a placeholder or nothing says it. */
  sparkVersion: readonly [number, number] | null = null;
  #inserted = 0;
  readonly #taken: {
    readonly comments: readonly string[];
    readonly parent: Mapping | List;
    readonly next: Entry | Value | undefined;
  }[] = [];
  readonly spec: Mapping;
  readonly masked: Masked;
  readonly options: TranslateOptions;
  readonly namespace: string;
  readonly name: string | null;

  constructor(spec: Mapping, masked: Masked, options: TranslateOptions, name: string | null, namespace: string) {
    this.spec = spec;
    this.masked = masked;
    this.options = options;
    this.name = name;
    this.namespace = namespace;
  }

  say(code: string, args: FindingArguments, at: Value | number | null | undefined): void {
    this.findings.push({ code, args, offset: typeof at === 'number' ? at : offsetOf(at ?? undefined) });
  }

  /** Enters a field with all below it into the ledger; what is not told is the row's. */
  enter(path: string, node: Value | Json, kind: LossClass, told: Told = {}): void {
    const row = rowOf(path);
    this.losses.push({
      path: this.restore(path),
      value: isNode(node) ? this.json(node, path.replace(/^(?:spark\.)?spec\./, '')) : node,
      class: kind,
      why: told.why ?? row?.why ?? '',
      remedy: told.remedy ?? row?.remedy ?? 'Nothing.',
    });
  }

  restore(text: string): string {
    return this.masked.restore(text);
  }

  /** Jinja, or what Python fills in. */
  isHole(text: string): boolean {
    return this.masked.holes.length > 0 && this.masked.holesIn(text).length > 0;
  }

  /** A placeholder of the DAG's own making. */
  isHomemade(text: string): boolean {
    return homemade.test(text);
  }

  /** The value for the ledger, secrets masked. */
  json(node: Value, path = ''): Json {
    if (isText(node)) {
      if (looksSecret(path.slice(path.lastIndexOf('.') + 1)) && /(?:^|\.)(?:sparkConf|hadoopConf|envVars)\./.test(path))
        return maskedValue;
      return /^(?:sparkConf|hadoopConf)\./.test(path) && looksSecret(path) ? maskedValue : this.value(node);
    }
    if (!isMapping(node)) return node.items.map((item) => this.json(item, `${path}[]`));
    const isSecret = looksSecret(textOf(node, 'name')?.value ?? '');
    return Object.fromEntries(
      node.items.map(({ key, value }) => [
        this.restore(key.value),
        isText(value) && ((key.value === 'value' && isSecret) || looksSecret(key.value))
          ? maskedValue
          : this.json(value, path === '' ? key.value : `${path}.${key.value}`),
      ]),
    );
  }

  /** A scalar as the request's value: a number or boolean where its field is one. */
  value(node: Text): Json {
    const type = this.types.get(node);
    const text = this.restore(node.value);
    if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
    if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
    return text;
  }

  role(name: 'driver' | 'executor'): Mapping | undefined {
    return mappingOf(this.spec, name);
  }

  conf(key: string): Text | undefined {
    return textOf(mappingOf(this.spec, 'sparkConf'), key);
  }

  /** Writes a sparkConf key. What the source's sparkConf said under that key had lost against the field before, too. */
  setConf(key: string, value: Text | string, comments: readonly string[] = []): void {
    const map = this.#confMap();
    const found = entryOf(map, key);
    const text = typeof value === 'string' ? newText(value) : newText(value.value, value.type as Text['type'] & string);
    if (text.type === 'PLAIN' && isAmbiguous(text.value)) text.type = 'QUOTE_DOUBLE';
    if (found === undefined) {
      const entry = newEntry(key, text);
      putComments(entry.key, comments);
      // Behind the last entry an `{% endif %}` may stand, and the new key must not get into its block.
      if (this.masked.holes.some(({ kind }) => kind === 'statement')) map.items.splice(this.#inserted++, 0, entry);
      else map.items.push(entry);
      return;
    }
    putComments(found.key, comments);
    const old = found.value;
    if (offsetOf(old) !== null && isText(old)) {
      if (old.value === text.value) return;
      this.enter(`sparkConf.${key}`, old, 'dead', { why: 'The field that sets the same key won before, too.' });
    }
    replaceValue(found, text);
  }

  removeConf(entry: Entry): void {
    removeFrom(this.#confMap(), entry);
  }

  /** Takes a child out and gives its comments, for what it becomes; a Jinja tag among them stays where it stood. */
  take(parent: Mapping | List, child: Entry | Value): string[] {
    const comments = commentsOf(child);
    const hasTag = comments.some((comment) => this.isHole(comment));
    const items = parent.items as readonly (Entry | Value)[];
    if (comments.length > 0 && !hasTag) this.#taken.push({ comments, parent, next: items[items.indexOf(child) + 1] });
    removeFrom(parent, child, hasTag);
    return hasTag ? [] : comments;
  }

  /** Puts comments that were taken and then not used where they stood, or above the request. */
  settleComments(request: Mapping): void {
    if (this.#taken.length === 0) return;
    const lost = (comments: readonly string[]): readonly string[] => {
      const left = new Set(commentsOf(request).flatMap((comment) => comment.split('\n')));
      return comments.filter((comment) => !comment.split('\n').every((line) => left.has(line)));
    };
    for (const { comments, parent, next } of this.#taken) {
      const gone = lost(comments);
      if (gone.length === 0) continue;
      const items = parent.items as readonly (Entry | Value)[];
      if (next !== undefined && items.includes(next)) putComments('key' in next ? next.key : next, gone);
      else parent.comment = [...(parent.comment ? [parent.comment] : []), ...gone].join('\n');
      putComments(request, lost(gone));
    }
  }

  #confMap(): Mapping {
    const found = mappingOf(this.spec, 'sparkConf');
    if (found !== undefined) return found;
    const map = newMapping();
    insertInOrder(this.spec, newEntry('sparkConf', map), specOrder);
    return map;
  }
}

const isNode = (value: Value | Json): value is Value => isMapping(value) || isList(value) || isText(value);
