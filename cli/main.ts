#!/usr/bin/env node
/** argv in, exit code out. */
import { setFlagsFromString } from 'node:v8';
import { runCommandLine } from './command-line.ts';
import { commands } from './commands.ts';
import { createSession } from './session.ts';

// A large tree makes much that lives for one file only. By default the heap grows to a multiple of what lives before that is
// collected; collected earlier, 10,000 files take a third less memory in the same time.
setFlagsFromString('--heap-growing-percent=20');

await runCommandLine(process.argv.slice(2), commands, createSession);
