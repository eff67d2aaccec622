#!/usr/bin/env node
/** argv in, exit code out. */
import { runCommandLine } from './command-line.ts';
import { commands } from './commands.ts';
import { createSession } from './session.ts';

await runCommandLine(process.argv.slice(2), commands, createSession);
