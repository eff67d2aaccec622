/** What a change edits at the callers of the function that its call stands in: literals that they give. */
import { posix } from 'node:path';
import type { Reached } from '../model.ts';
import { writeStringLiteral } from '../parser/literals.ts';
import { type LiteralSite, literalsInto } from './caller-literals.ts';
import type { DocumentTarget } from './documents.ts';
import type { PlacedEdit } from './lay-out.ts';
import type { DocumentText } from './payload.ts';
import type { PreparedTask, Request } from './prepare.ts';
import { factsOf, type Project } from './project.ts';
import { allTargets } from './write-payload.ts';

/** What a change does beside the call itself. */
export interface AtCallers {
  /** The expression of the call that stays because the callers name the translated documents. */
  readonly reference: string | null;
  /** Likewise of the connection. */
  readonly connection: string | null;
  readonly edits: readonly PlacedEdit[];
  /** Files in which `Path` is needed. */
  readonly needsPath: ReadonlySet<string>;
}

const nothing: AtCallers = { reference: null, connection: null, edits: [], needsPath: new Set() };

/** Edits of the literals at the callers; what they do not cover is left to the call. */
export function literalEdits(
  project: Project,
  prepared: PreparedTask,
  request: Request | null,
  target: DocumentTarget | null,
): AtCallers {
  const { task, plan } = prepared;
  if (task.reached === undefined || project.mode === 'switch') return nothing;
  const connections = [...plan.fates].flatMap(([{ text, unpacked }, fate]) => {
    const sites = fate === 'connection' && unpacked === undefined ? literalsInto(task.reached as Reached, text) : null;
    const isGiven = sites?.some((site) => !isDefault(task.reached as Reached, site)) === true;
    return sites !== null && isGiven ? [{ text, sites }] : [];
  });
  const [connection] = connections;
  const edits = (connection?.sites ?? []).map((site) => ({
    file: site.file,
    span: site.literal.span,
    text: quoted(project, site, project.options.target.connectionId),
  }));
  const payload = request === null || target === null ? null : payloadEdits(project, prepared, request, target);
  return {
    reference: payload?.reference ?? null,
    connection: connection?.text ?? null,
    edits: [...edits, ...(payload?.edits ?? [])],
    needsPath: new Set([...(payload?.needsPath ?? [])]),
  };
}

const isDefault = ({ definitions }: Reached, { file, literal }: LiteralSite): boolean =>
  definitions.some(
    (one) =>
      one.file === file && one.parameters.some((parameter) => parameter.default?.span.start === literal.span.start),
  );

function payloadEdits(
  project: Project,
  { task, document, more }: PreparedTask,
  request: Request,
  target: DocumentTarget,
): Pick<AtCallers, 'reference' | 'edits' | 'needsPath'> | null {
  const { payload, reached } = task;
  if (payload.kind !== 'file' || payload.form !== 'path' || reached === undefined || document === null) return null;
  const sites = literalsInto(reached, payload.argument.text);
  if (sites === null) return null;
  const moved = movedDocuments([{ document, request }, ...more], target);
  if (moved === null) return null;
  const edits: PlacedEdit[] = [];
  const needsPath = new Set<string>();
  for (const site of sites) {
    const text = documentFor(project, site, moved, needsPath);
    if (text === null) return null;
    edits.push({ file: site.file, span: site.literal.span, text });
  }
  return { reference: payload.argument.text, edits, needsPath };
}

export type Moved = ReadonlyMap<string, { readonly path: string; readonly beside: boolean; readonly ascii: boolean }>;

/** The documents by what the DAG writes for them. */
export function movedDocuments(
  sources: readonly { readonly document: DocumentText; readonly request: Request }[],
  target: DocumentTarget,
): Moved | null {
  const moved = new Map<string, { path: string; beside: boolean; ascii: boolean }>();
  for (const [index, { path }] of allTargets(target).entries()) {
    const source = sources[index];
    if (source?.document.from.kind !== 'file') return null;
    const { written, how } = source.document.from;
    const beside = how === 'beside' || how === 'searched';
    moved.set(written, { path, beside, ascii: /^[\0-\x7f]*$/.test(source.request.text) });
  }
  return moved;
}

/** What a caller gives for the translated document in the place of the old one. */
export function documentFor(project: Project, site: LiteralSite, moved: Moved, needsPath: Set<string>): string | null {
  const { file, literal } = site;
  const there = moved.get(literal.value);
  const takesPath = project.style === 'templated' || project.style === 'file';
  if (there === undefined || (takesPath && !there.beside)) return null;
  if (takesPath) {
    const name = posix.basename(there.path);
    return quoted(project, site, literal.value.includes('/') ? `${posix.dirname(literal.value)}/${name}` : name);
  }
  needsPath.add(file);
  const fromFile = quoted(project, site, posix.relative(posix.dirname(file), there.path));
  const encoding = there.ascii ? '' : `encoding=${quoted(project, site, 'utf-8')}`;
  return `(Path(__file__).parent / ${fromFile}).read_text(${encoding})`;
}

/** A text in the quotes of the literal. */
export function quoted(project: Project, { file, literal }: LiteralSite, text: string): string {
  const quote = /["']/.exec(literal.text)?.[0] ?? '"';
  const source = factsOf(project, file)?.source;
  return writeStringLiteral({ prefix: '', quote }, text, '\n', source?.encoding ?? 'utf-8') ?? JSON.stringify(text);
}
