import { fileURLToPath } from 'node:url';

/** The Python program of `verify`; it lies above this file both in the checkout and in the package. */
export const probeFile: string = fileURLToPath(new URL('../scaffold/verify/probe.py', import.meta.url));
