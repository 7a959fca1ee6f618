import type { Healer, Repair } from './draft.ts';

const SLOW = /timed? ?out|Timeout of \d+ ?ms|Exceeded timeout|exceeded the timeout|test timed out/i;
const LOOP =
  /attached to a different loop|Event loop is closed|no running event loop|There is no current event loop|bound to a different event loop/;
const LOOSE =
  /Promise resolution is still pending|asynchronous activity|unhandledRejection|UnhandledPromiseRejection|never awaited|ended before|cancelledByParent/i;

/** What a test waits for needs longer, is not waited for, or wants one event loop from its first step to its last. */
export const asynchronous: Healer = {
  kind: 'async',
  recognises: ({ reason }) => SLOW.test(reason) || LOOP.test(reason) || LOOSE.test(reason),
  repairs(draft, { reason, test }, { language }) {
    const repairs: Repair[] = [];
    if (language === 'python') {
      if (!draft.style.oneLoop)
        repairs.push({
          what: 'runs the steps of a test in one event loop',
          draft: { ...draft, style: { ...draft.style, oneLoop: true } },
        });
      return repairs;
    }
    if (SLOW.test(reason) && draft.style.patience === undefined)
      repairs.push({
        what: 'gives its tests 30 s',
        draft: { ...draft, style: { ...draft.style, patience: 30_000 } },
      });
    const awaits = (one: (typeof draft.tests)[number]): (typeof draft.tests)[number] => ({
      ...one,
      seen: { ...one.seen, steps: one.seen.steps.map((step) => ({ ...step, awaited: true as const })) },
    });
    if (!SLOW.test(reason) && draft.tests.some((one) => one.seen.steps.some(({ awaited }) => !awaited)))
      repairs.push({
        what: 'waits for what every step gives',
        draft: { ...draft, tests: draft.tests.map((one) => (test === undefined || one === test ? awaits(one) : one)) },
      });
    return repairs;
  },
};
