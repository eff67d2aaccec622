/** SparkApplication → request of the gateway: the whole translation on one screen. */

import { kindOf } from '../findings/catalogue.ts';
import type { DocumentFinding, TranslateOptions, Translation } from '../model.ts';
import { findUnaccounted, sourceLeaves } from './accounting.ts';
import { assemble, finishText, tellJsonPlaceholders } from './assemble.ts';
import { findCredentials } from './credentials.ts';
import { specFields } from './fields/index.ts';
import { mask } from './mask.ts';
import { providedNames } from './names.ts';
import { openDocument } from './open.ts';
import { placeholdersIn } from './placeholders.ts';
import { applyProvider } from './provider/apply.ts';
import { readDocument } from './read.ts';
import { applyRules } from './rules/index.ts';
import { sourceValue } from './source-value.ts';
import { readStatements, refusal } from './statements.ts';
import { checkStatements } from './statements-after.ts';
import type { Text } from './tree.ts';
import { enterUnread } from './unread.ts';
import { validateRequest } from './validate.ts';
import { walkFields } from './walk.ts';
import { Work } from './work.ts';
import { requestValue } from './write.ts';

/**
 * Translates one document. `findings` carry offsets in `text`; `losses` name every field that is not simply the same in
 * the request. `placeholders` are the Jinja expressions and statements that stand in the result, with offsets in the
 * result; what Python fills in is not among them. A document that can not be translated is `ok: false`, with at least
 * one finding whose verdict is `manual`. Never throws for what a document holds.
 */
export function translate(text: string, options: TranslateOptions): Translation {
  const masked = mask(text, options.opaque ?? []);
  if (masked.broken !== null) return failure([{ code: 'jinja-broken', args: {}, offset: masked.broken }]);
  const reading = readDocument(masked.text);
  if (!reading.ok) return failure(reading.findings);
  const { document, root, findings } = reading.read;
  const opened = openDocument(root, masked, options);
  if (!opened.ok) return failure([...findings, ...opened.findings]);
  const { resource, spec, metadata, name, namespace } = opened;
  const statements = readStatements(masked, root);
  if (!statements.ok) return failure([...findings, ...opened.findings, statements.finding]);
  const [tag] = statements.outer;
  // Both branches of an `if` may give the same key; only one of them would be left.
  if (tag !== undefined && findings.some(({ code }) => code === 'duplicate-key')) {
    return failure([...findings, refusal(tag).finding]);
  }
  const asText = (node: Text | null): string | null => (node === null ? null : masked.restore(node.value));
  const work = new Work(
    spec,
    masked,
    options,
    asText(name),
    options.overrides?.namespace ?? namespace?.value ?? 'default',
  );
  work.findings.push(...findings, ...opened.findings);
  enterUnread(work, reading.read);
  applyProvider(work, opened);
  if (hasManual(work.findings)) return failure(work.findings);
  findCredentials(work);
  const before = sourceValue(resource, masked);
  const leaves = sourceLeaves(spec, metadata);
  walkFields(work, spec, specFields, '');
  applyRules(work, metadata);
  if (hasManual(work.findings)) return failure(work.findings);
  const request = assemble(work, resource, name);
  work.settleComments(request);
  const value = requestValue(work, request);
  for (const { path, problem } of validateRequest(value)) work.say('request-invalid', { path, problem }, null);
  findUnaccounted(work, leaves, request);
  tellJsonPlaceholders(work, request);
  const result = finishText(work, document, request, text);
  const torn = checkStatements(work, statements, leaves, request, result.masked);
  if (torn !== null) work.findings.push(torn);
  if (hasManual(work.findings)) return failure(work.findings);
  return {
    ok: true,
    text: result.text,
    document: before,
    request: value,
    findings: inOrder(work.findings),
    losses: work.losses,
    names: providedNames(value),
    name: work.name,
    namespace: asText(namespace),
    placeholders: placeholdersIn(masked, result.masked),
  };
}

/** The namespace that a document names itself, null for none and for what is no SparkApplication. Never throws for the text. */
export function namespaceOf(text: string): string | null {
  const masked = mask(text, []);
  if (masked.broken !== null) return null;
  const reading = readDocument(masked.text);
  if (!reading.ok) return null;
  const opened = openDocument(reading.read.root, masked, { queue: null, format: 'yaml' });
  return opened.ok && opened.namespace != null ? masked.restore(opened.namespace.value) : null;
}

const hasManual = (findings: readonly DocumentFinding[]): boolean =>
  findings.some(({ code }) => kindOf(code).verdict === 'manual');

const failure = (findings: readonly DocumentFinding[]): Translation => ({ ok: false, findings: inOrder(findings) });

/** By place; what has none comes last. */
function inOrder(findings: readonly DocumentFinding[]): readonly DocumentFinding[] {
  const end = Number.MAX_SAFE_INTEGER;
  return [...findings].sort((a, b) => (a.offset ?? end) - (b.offset ?? end));
}
