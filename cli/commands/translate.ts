import { basename } from 'node:path';
import { translate, versionsOf } from '../../src/index.ts';
import { optionsFor } from '../configuration.ts';
import type { Run } from '../description.ts';
import { hasManual, tellFindings } from '../document-findings.ts';
import { readDocuments } from '../documents.ts';
import { type ExitCode, highest } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { checkOutput, writeOutput } from '../request-output.ts';
import type { Session } from '../session.ts';

type Format = 'yaml' | 'json';
type Ok = Extract<ReturnType<typeof translate>, { ok: true }>;
interface Request {
  /** As it was given, `-` for stdin. */
  readonly file: string;
  readonly translation: Ok;
}

/** `translate`: SparkApplication documents to requests. A broken one is told and the others go on. */
export const run: Run = async (session, files, flags) => {
  const format: Format = flags.format === 'json' ? 'json' : 'yaml';
  const refusal = refusalOf(files, flags, format);
  if (refusal !== null) {
    session.warn(`bpg-migrate: ${refusal}`);
    return 2;
  }
  const options = optionsFor(session, flags);
  if (options === null) return 2;
  const { version: provider } = versionsOf(options).provider;
  const read = await readDocuments(session, files);
  if (!read.ok) {
    for (const problem of read.problems) session.warn(`bpg-migrate: ${problem}`);
    return 2;
  }
  let code: ExitCode = 0;
  const requests: Request[] = [];
  for (const document of read.documents) {
    if (document.text === null) {
      session.warn(`${document.name}:1:1: not valid UTF-8`);
      code = 2;
      continue;
    }
    const translation = translate(document.text, {
      queue: flags.queue ?? null,
      format,
      ...(provider === null ? {} : { provider }),
    });
    tellFindings(session, document.name, document.text, translation.findings, !translation.ok);
    if (!translation.ok) code = 2;
    else requests.push({ file: document.name, translation });
    if (flags.strict === true && hasManual(translation.findings)) code = highest(code, 1);
  }
  return highest(code, deliver(session, requests, flags, format));
};

/** The results where they are wanted: stdout, a ledger, a folder, or only compared with it. */
function deliver(session: Session, requests: readonly Request[], flags: Flags, format: Format): ExitCode {
  if (flags.losses === true) {
    const ledger = requests.flatMap(({ file, translation }) => translation.losses.map((loss) => ({ file, ...loss })));
    session.print(`${JSON.stringify(ledger, null, 2)}\n`);
    return 0;
  }
  if (flags.output === undefined) {
    const texts = requests.map(({ translation }) => ended(translation.text));
    session.print(texts.join(format === 'yaml' ? '---\n' : ''));
    return 0;
  }
  const outputs = requests.map(({ file, translation }) => ({
    name: targetName(file, format),
    text: ended(translation.text),
  }));
  return flags.check === true
    ? checkOutput(session, flags.output, outputs)
    : writeOutput(session, flags.output, outputs);
}

function refusalOf(files: readonly string[], flags: Flags, format: Format): string | null {
  if (flags.check === true && flags.output === undefined) return '--check compares with a folder: it needs --output';
  if (flags.losses === true && flags.output !== undefined)
    return '--losses prints the ledger to stdout, so it can not stand beside --output';
  if (files.filter((file) => file === '-').length > 1) return 'stdin (-) can be read once only';
  if (flags.output === undefined) return null;
  if (files.includes('-')) return 'what comes from stdin (-) has no name to be written under; leave --output out';
  const owners = new Map<string, string>();
  for (const file of files) {
    const name = targetName(file, format);
    const other = owners.get(name);
    if (other !== undefined) return `${other} and ${file} would both be written to ${name}`;
    owners.set(name, file);
  }
  return null;
}

/** `spark/load.yaml` becomes `load.bpg.yaml`. */
const targetName = (file: string, format: Format): string =>
  `${basename(file).replace(/\.(?:ya?ml|json)$/i, '')}.bpg.${format}`;

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
