/** A value that says what is asked of it: property names read, calls, conversions. What a parameter is for, found by use. */
const SILENT = new Set([
  'then',
  'constructor',
  'toJSON',
  '$$typeof',
  'nodeType',
  'inspect',
  'asymmetricMatch',
  '@@__IMMUTABLE_ITERABLE__@@',
]);

/** `callable`: typeof says function; else object. `log` is the tree that is filled. */
export function makeProbe(callable, log, depth = 0) {
  log.reads ??= {};
  const target = callable ? function probe() {} : {};
  return new Proxy(target, {
    get(_, key) {
      if (typeof key === 'symbol') {
        if (key === Symbol.iterator) {
          log.iterated = true;
          return function* () {};
        }
        if (key === Symbol.toPrimitive) return (hint) => ((log.converted = hint), hint === 'number' ? 3 : 'probe');
        return undefined;
      }
      if (SILENT.has(key)) return undefined;
      if (key === 'length' && callable) {
        log.reads.length ??= {};
        return 1;
      }
      if (key === 'toString' || key === 'valueOf') {
        log.converted ??= 'string';
        return () => 'probe';
      }
      const child = (log.reads[key] ??= {});
      if (depth >= 2 || Object.keys(log.reads).length > 60) return undefined;
      return makeProbe(true, child, depth + 1);
    },
    has(_, key) {
      if (typeof key === 'string') log.reads[key] ??= {};
      return false;
    },
    apply(_, self, given) {
      log.called = Math.max(log.called ?? 0, given.length);
      return makeProbe(true, (log.result ??= {}), depth + 1);
    },
    ownKeys() {
      log.listed = true;
      return callable ? ['prototype'] : [];
    },
  });
}
