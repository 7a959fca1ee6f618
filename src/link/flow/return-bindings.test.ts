import { expect, it } from 'vitest';
import { ReturnBindings } from './return-bindings.ts';

it('keeps the slots of each parameter and every receiver once', () => {
  const bindings = new ReturnBindings();
  const first = bindings.open(7, -1, 20, 30, [0, 100, 1, 101, 0, 102]);
  const second = bindings.open(8, 50, 21, 31, []);
  const slots: number[] = [];
  expect(bindings.eachSlot(first, 0, (slot) => slots.push(slot))).toBe(true);
  expect(bindings.eachSlot(second, 0, (slot) => slots.push(slot))).toBe(false);
  expect(slots).toEqual([100, 102]);
  expect([bindings.callee(second), bindings.returned(second), bindings.destination(second)]).toEqual([8, 21, 31]);
  expect([bindings.hasReceivers(first), bindings.hasReceivers(second)]).toEqual([false, true]);
  expect([51, 50, 52, 51].map((object) => bindings.addReceiver(second, object))).toEqual([true, false, true, false]);
  expect(bindings.addReceiver(first, 60)).toBe(true);
  const receivers: number[] = [];
  bindings.eachReceiver(second, (object) => receivers.push(object));
  expect(receivers.sort()).toEqual([50, 51, 52]);
});
