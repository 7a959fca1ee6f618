import { REFERENCE_STRIDE, ReferenceColumn } from '#model/facts.ts';
import { ContainerKind } from '#model/flow.ts';
import type { FlowSystem } from '../system.ts';
import { callBack } from './call-back.ts';
import { ecmascriptModel, hasModel } from './ecmascript.ts';
import { allocate } from './model.ts';

/** Methods of builtins that call the functions they are given. */
const callingMethods: ReadonlySet<string> = new Set([
  'forEach',
  'map',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'some',
  'every',
  'reduce',
  'reduceRight',
  'sort',
  'toSorted',
  'flatMap',
  'then',
  'catch',
  'finally',
  'replace',
  'replaceAll',
  'addEventListener',
  'nextTick',
  'from',
  'setTimeout',
  'setImmediate',
  'pipe',
  'subscribe',
]);

/** A builtin's name on a receiver that flow does not follow (`text.split(" ").map(f)`): its callbacks are called. `asked`: sites that were tried. */
export function callUnknown(system: FlowSystem, asked: Set<number>): void {
  for (let index = 0, end = system.callSites.length; index < end; index++) {
    const site = system.callSites.at(index);
    if (site.derived || site.depth > 0 || site.reference < 0 || site.receiver < 0 || !site.isOpen) continue;
    if (asked.has(index)) continue;
    const { facts } = site.program;
    const name = facts.strings[facts.references[site.reference * REFERENCE_STRIDE + ReferenceColumn.name]!];
    if (name === undefined || !callingMethods.has(name)) continue;
    asked.add(index);
    const call = { system, site, receiver: -1 };
    const type =
      name === 'then' || name === 'catch' || name === 'finally'
        ? 'Promise'
        : name.startsWith('replace')
          ? 'String'
          : 'Array';
    const model = `js:globals#${type}.prototype.${name}`;
    const receiver = allocate(call, type === 'Promise' ? ContainerKind.promise : ContainerKind.list, 3);
    if (!hasModel(model)) callBack(call, '');
    else ecmascriptModel(model, { system, site, receiver });
  }
}
