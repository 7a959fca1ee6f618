/** Puts back what code under study changed of the language itself, and says that it did. Taken before that code is loaded. */
const { defineProperty, getOwnPropertyDescriptor } = Reflect;
const is = Object.is;

const owners = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  Symbol,
  BigInt,
  Math,
  JSON,
  Reflect,
  Promise,
  Map,
  Set,
  WeakMap,
  WeakSet,
  RegExp,
  Error,
  globalThis.Iterator,
]
  .filter(Boolean)
  .flatMap((owner) => (owner.prototype ? [owner, owner.prototype] : [owner]));
const held = [];
for (const owner of owners) {
  for (const key of Reflect.ownKeys(owner)) {
    if (owner === Math && key === 'random') continue;
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (descriptor && 'value' in descriptor && typeof descriptor.value === 'function')
      held[held.length] = { owner, key, value: descriptor.value, descriptor };
  }
}

/** True where something had been changed. */
export function restoreIntrinsics() {
  let changed = false;
  for (let i = 0; i < held.length; i++) {
    const { owner, key, value, descriptor } = held[i];
    if (is(owner[key], value)) continue;
    changed = true;
    try {
      defineProperty(owner, key, descriptor);
    } catch {
      // Frozen by the code under study: the process is renewed when it cannot answer.
    }
  }
  return changed;
}
