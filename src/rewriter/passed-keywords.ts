/** Keywords that callers give and that go on to the call through `**kwargs`: they are edited at the callers. */
import type { Argument, PassedKeyword } from '../model.ts';
import type { ArgumentFate } from './arguments.ts';
import { type AtCallers, documentFor, type Moved, movedDocuments, quoted } from './at-callers.ts';
import { fieldOf } from './call.ts';
import type { DocumentTarget } from './documents.ts';
import type { PlacedEdit } from './lay-out.ts';
import type { PreparedTask, Request } from './prepare.ts';
import type { Project } from './project.ts';

/** Null where one of them can not be edited. */
export function passedEdits(
  project: Project,
  { task, plan, document, more }: PreparedTask,
  request: Request | null,
  target: DocumentTarget | null,
): Pick<AtCallers, 'edits' | 'needsPath'> | null {
  const fates = [...plan.fates].filter(([{ unpacked }, fate]) => unpacked?.passed === true && fate !== 'keep');
  const needsPath = new Set<string>();
  if (fates.length === 0) return { edits: [], needsPath };
  const [first] = task.reached?.definitions ?? [];
  if (first === undefined || project.mode === 'switch') return null;
  const isReadOnce = ([{ text }]: readonly [Argument, ArgumentFate]): boolean =>
    first.parameters.find(({ name }) => text.startsWith(`${name}[`))?.uses.length === 1;
  if (!fates.every(isReadOnce)) return null;
  const moved =
    document === null || request === null || target === null
      ? null
      : movedDocuments([{ document, request }, ...more], target);
  const edits: PlacedEdit[] = [];
  for (const [{ name }, fate] of fates)
    for (const { file, passed } of first.calls) {
      const keyword = passed.get(name ?? '');
      if (keyword === undefined) continue;
      const own = keywordEdits(project, file, keyword, fate, moved, needsPath);
      if (own === null) return null;
      edits.push(...own);
    }
  return areApart(edits) ? { edits, needsPath } : null;
}

function keywordEdits(
  project: Project,
  file: string,
  { name, value, removal }: PassedKeyword,
  fate: ArgumentFate,
  moved: Moved | null,
  needsPath: Set<string>,
): readonly PlacedEdit[] | null {
  if (fate === 'drop') return removal === null ? null : [{ file, span: removal, text: '' }];
  if (value.value === null) return null;
  const site = { file, literal: { ...value, value: value.value } };
  if (fate === 'connection')
    return [
      { file, span: name, text: 'connection_id' },
      { file, span: value.span, text: quoted(project, site, project.options.target.connectionId) },
    ];
  const text = moved === null ? null : documentFor(project, site, moved, needsPath);
  if (text === null || project.style === null) return null;
  return [
    { file, span: name, text: fieldOf(project.style) },
    { file, span: value.span, text },
  ];
}

/** Two arguments that go share the comma between them. */
function areApart(edits: readonly PlacedEdit[]): boolean {
  const sorted = [...edits].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start));
  return sorted.every((edit, index) => {
    const before = sorted[index - 1];
    return before === undefined || before.file !== edit.file || before.span.end <= edit.span.start;
  });
}
