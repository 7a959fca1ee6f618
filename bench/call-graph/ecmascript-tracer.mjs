// Loaded before the program: a shadow stack of instrumented functions, and the calls seen between them.
import { writeFileSync } from 'node:fs';

const stack = [];
const calls = new Set();
globalThis.$trace = {
  enter(file, fn) {
    if (stack.length > 0) calls.add(`${stack[stack.length - 1]} ${file}:${fn}`);
    return stack.push(`${file}:${fn}`) - 1;
  },
  module(file) {
    return stack.push(`${file}:0`) - 1;
  },
  leave(depth) {
    if (stack.length > depth) stack.length = depth;
  },
  /** After a suspension nothing but the function itself is on the stack. */
  resume(file, fn, value) {
    stack.length = 0;
    stack.push(`${file}:${fn}`);
    return value;
  },
};
process.on('exit', () => writeFileSync(process.env.TRACE_FILE, JSON.stringify([...calls])));
