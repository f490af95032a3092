#!/usr/bin/env node
/** Where the process begins: what the runtime has compiled once is kept for the next start. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Beside the code and not in a directory that other users can write to. Where that cannot be
// written either, nothing is kept and nothing else changes.
const cache = fileURLToPath(new URL('../node_modules/.cache/paddock', import.meta.url));
enableCompileCache(cache);
// What is enabled holds for this thread; the storage's is told by the environment.
process.env['NODE_COMPILE_CACHE'] ??= cache;
const { run } = await import('./process.ts');
run();
