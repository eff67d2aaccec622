import type { Plugin } from 'esbuild';

/** `door`: the absolute path of the front door. Files below `from` go through it. */
export declare function directImports(door: string, from: string): Plugin;
