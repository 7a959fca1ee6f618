/** Solves one file on top of the solved interfaces of all files. */
import type { Drawing } from './drawing.ts';
import { addRows, openFunction, openProgram, runDeclarations } from './operations.ts';
import type { Program } from './program.ts';
import { settle } from './solve-whole.ts';
import type { FlowSystem } from './system.ts';

const every = (): boolean => true;

export function solveFile(system: FlowSystem, program: Program): Drawing {
  openProgram(system, program);
  for (const slots of program.exports.values()) for (const slot of slots) system.seedOwn(program, slot);
  for (const fn of program.functions) openFunction(system, program, fn);
  const module = program.functions[0];
  if (module) addRows(system, program, module, true, every);
  runDeclarations(system);
  for (const fn of program.functions) addRows(system, program, fn, fn.row === 0 ? false : undefined, every);
  settle(system);
  return system.drawing!;
}
