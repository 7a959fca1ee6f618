/** Kinds of constraints on a slot's objects. */
export const Constraint = {
  /** destination, name, program, row */
  load: 1,
  /** source, name, program, row */
  store: 2,
  /** destination, key slot */
  loadElement: 3,
  /** key slot, source */
  storeElement: 4,
  /** call site */
  call: 5,
  /** destination, program, row */
  iterate: 6,
  await: 7,
  enter: 8,
  /** return binding */
  result: 9,
  /** class object, position */
  base: 10,
  /** closure */
  closure: 11,
  /** receiver object, destination, program, row */
  bind: 12,
  /** destination, class object */
  super: 13,
  /** parameter's passed slot, class object */
  self: 14,
  /** row of an operator */
  operator: 15,
  /** destination, type slot | −1, NarrowKind, row */
  narrow: 16,
  /** source: what is stored under it is a key of the dictionary */
  key: 17,
  /** container, destination, row */
  loadUnder: 18,
  /** container, source, row */
  storeUnder: 19,
  /** class object, call of `__new__`, destination */
  create: 20,
  /** class object, `__new__`, destination */
  created: 21,
} as const;
