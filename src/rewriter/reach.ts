/**
 * A task in a function that is called from elsewhere: what changes at its callers, and whether the function is edited in
 * place (one DAG reaches it) or copied below itself for the callers that move.
 */
import { posix } from 'node:path';
import type { FileFacts, Finding, Reached, ReachedDefinition, Span, SparkTask } from '../model.ts';
import { writeStringLiteral } from '../parser/literals.ts';
import { type LiteralSite, literalsInto } from './caller-literals.ts';
import type { DocumentTarget } from './documents.ts';
import type { PlacedEdit } from './lay-out.ts';
import type { PreparedTask, Request } from './prepare.ts';
import { factsOf, factText, finding, type Project } from './project.ts';
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
    needsPath: payload?.needsPath ?? new Set(),
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
): Omit<AtCallers, 'connection'> | null {
  const { payload, reached } = task;
  if (payload.kind !== 'file' || payload.form !== 'path' || reached === undefined || document === null) return null;
  const sites = literalsInto(reached, payload.argument.text);
  if (sites === null) return null;
  const sources = [{ document, request }, ...more];
  const moved = new Map<string, { readonly path: string; readonly beside: boolean; readonly ascii: boolean }>();
  for (const [index, { path }] of allTargets(target).entries()) {
    const source = sources[index];
    if (source?.document.from.kind !== 'file') return null;
    const { written, how } = source.document.from;
    const beside = how === 'beside' || how === 'searched';
    moved.set(written, { path, beside, ascii: /^[\0-\x7f]*$/.test(source.request.text) });
  }
  const takesPath = project.style === 'templated' || project.style === 'file';
  const edits: PlacedEdit[] = [];
  const needsPath = new Set<string>();
  for (const site of sites) {
    const there = moved.get(site.literal.value);
    if (there === undefined) return null;
    const { file, literal } = site;
    const name = posix.basename(there.path);
    const folder = posix.dirname(literal.value);
    const relative = literal.value.includes('/') ? `${folder}/${name}` : name;
    if (takesPath && !there.beside) return null;
    if (!takesPath) needsPath.add(file);
    const fromFile = quoted(project, site, posix.relative(posix.dirname(file), there.path));
    const encoding = there.ascii ? '' : `encoding=${quoted(project, site, 'utf-8')}`;
    const text = takesPath
      ? quoted(project, site, relative)
      : `(Path(__file__).parent / ${fromFile}).read_text(${encoding})`;
    edits.push({ file, span: literal.span, text });
  }
  return { reference: payload.argument.text, edits, needsPath };
}

/** A text in the quotes of the literal. */
function quoted(project: Project, { file, literal }: LiteralSite, text: string): string {
  const quote = /["']/.exec(literal.text)?.[0] ?? '"';
  const source = factsOf(project, file)?.source;
  return writeStringLiteral({ prefix: '', quote }, text, '\n', source?.encoding ?? 'utf-8') ?? JSON.stringify(text);
}

const isWithin = (definition: ReachedDefinition, file: string, span: Span): boolean =>
  definition.file === file && definition.span.start <= span.start && span.end <= definition.span.end;

/** What must be said of a task because of the way in which it is reached. */
export function reachFindings(project: Project, facts: FileFacts, task: SparkTask): readonly Finding[] {
  const { reached } = task;
  const [first] = reached?.definitions ?? [];
  if (reached === undefined || first === undefined) return [];
  const findings: Finding[] = [];
  if (reached.dags.length === 0) return [finding('definition-unused', task.place, { definition: first.name })];
  const args = { definition: first.name, count: reached.dags.length, dags: reached.dags.join(', ') };
  if (reached.definitions.some(({ shared }) => shared)) {
    findings.push(finding('definition-copied', task.place, args));
    const others = new Set(
      facts.tasks.filter((one) => isWithin(first, one.file, one.span)).map(({ span }) => span.start),
    );
    if (first.shared && others.size > 1)
      findings.push(finding('definition-holds-several', task.place, { definition: first.name, count: others.size }));
  } else if (reached.dags.length > 1) findings.push(finding('definition-in-place', task.place, args));
  for (const path of new Set(reached.definitions.flatMap(({ calls }) => calls.map((call) => call.file)))) {
    const there = path === facts.source.path ? null : factsOf(project, path);
    const ids = [...(task.taskIds ?? []), factText(task.taskId) ?? ''].filter((id) => id !== '');
    const watching = there?.sensors.find(({ watches }) => watches?.some((key) => ids.includes(key)) === true);
    if (watching !== undefined)
      findings.push(finding('sensor-in-other-file', watching.place, { definition: first.name, file: path }));
  }
  return findings;
}
