import type { Healer, Repair } from './draft.ts';

const SLOW = /timed? ?out|Timeout of \d+ ?ms|Exceeded timeout|exceeded the timeout|test timed out/i;
const LOOP =
  /attached to a different loop|Event loop is closed|no running event loop|There is no current event loop|bound to a different event loop/;

/** What a test waits for needs longer, or wants one event loop from its first step to its last. */
export const asynchronous: Healer = {
  kind: 'async',
  recognises: ({ reason }) => SLOW.test(reason) || LOOP.test(reason),
  repairs(draft, { reason }, { language }) {
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
    return repairs;
  },
};
