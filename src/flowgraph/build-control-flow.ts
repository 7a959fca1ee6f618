import type { BasicBlock, ControlFlowGraph, FlowEdge, FlowEdgeLabel } from './flow-graph.ts';
import { finishGraph, type OpenBlock } from './finish-graph.ts';
import type { FlowFunction, FlowStatement, FlowStep } from './flow-statement.ts';

type Statement<Kind extends FlowStatement['kind']> = Extract<FlowStatement, { kind: Kind }>;

/** What a jump may meet on its way out. */
type Frame =
  | {
      readonly kind: 'target';
      readonly label: string | undefined;
      readonly breakTo: number;
      readonly continueTo: number | undefined;
      readonly takesBreak: boolean;
    }
  | { readonly kind: 'handlers'; readonly entry: number }
  | { readonly kind: 'finally'; readonly body: readonly FlowStatement[]; readonly copies: Map<number, number> };

/** Beyond this many copies of `finally` bodies, ways share one: nested ones would double with each level. */
const MOST_COPIES = 400;

class Builder {
  readonly #steps: FlowStep[] = [];
  readonly #stepIds = new Map<FlowStep, number>();
  readonly #blocks: OpenBlock[] = [];
  readonly #edges: FlowEdge[] = [];
  readonly #edgeKeys = new Set<string>();
  #frames: readonly Frame[] = [];
  /** Where the next step goes; −1 after a jump. */
  #current: number;
  #copies = 0;
  readonly #entry: number;
  readonly #exit: number;

  constructor() {
    this.#entry = this.#block('entry');
    this.#exit = this.#block('exit');
    this.#current = this.#entry;
  }

  build(source: FlowFunction): ControlFlowGraph {
    if (source.parameters.definitions.length > 0) this.#append(source.parameters);
    const body = this.#block();
    this.#edge(this.#entry, body, 'next');
    this.#current = body;
    this.#sequence(source.body);
    this.#go(this.#exit, 'next');
    return this.#finish(source);
  }

  #block(role: BasicBlock['role'] = 'body'): number {
    return this.#blocks.push({ role, steps: [] }) - 1;
  }

  #edge(from: number, to: number, label: FlowEdgeLabel): void {
    const key = `${from} ${to} ${label}`;
    if (from < 0 || this.#edgeKeys.has(key)) return;
    this.#edgeKeys.add(key);
    this.#edges.push({ from, to, label });
  }

  /** Leaves the current block for another. */
  #go(to: number, label: FlowEdgeLabel): void {
    this.#edge(this.#current, to, label);
    this.#current = -1;
  }

  #stepId(step: FlowStep): number {
    let id = this.#stepIds.get(step);
    if (id === undefined) {
      id = this.#steps.push(step) - 1;
      this.#stepIds.set(step, id);
    }
    return id;
  }

  /** Adds a step that does not end the block. Code after a jump gets a block that nothing leads to. */
  #append(step: FlowStep): void {
    if (this.#current < 0) this.#current = this.#block();
    this.#blocks[this.#current]!.steps.push(this.#stepId(step));
  }

  /** Adds a step; where it can raise inside a `try`, or suspends, the block ends with it. */
  #step(step: FlowStep): void {
    this.#append(step);
    const raises = step.mayThrow && this.#isGuarded();
    if (!raises && step.suspends === undefined) return;
    if (raises) this.#raise('exception');
    const next = this.#block();
    this.#go(next, step.suspends === undefined ? 'next' : 'resume');
    this.#current = next;
  }

  #isGuarded(): boolean {
    return this.#frames.some(({ kind }) => kind !== 'target');
  }

  /** An edge from the current block to what handles an exception here. */
  #raise(label: 'exception' | 'throw'): void {
    const from = this.#current;
    let depth = this.#frames.length - 1;
    while (depth >= 0 && this.#frames[depth]!.kind !== 'handlers') depth--;
    const frame = this.#frames[depth];
    const to = this.#route(depth, frame?.kind === 'handlers' ? frame.entry : this.#exit, label);
    this.#edge(from, to, label);
  }

  /** Where a way out to `destination`, past all frames above `depth`, leads first: through their `finally` bodies. */
  #route(depth: number, destination: number, label: FlowEdgeLabel): number {
    let to = destination;
    for (let at = depth + 1; at < this.#frames.length; at++) {
      const frame = this.#frames[at]!;
      if (frame.kind === 'finally') to = this.#copyOf(frame, at, to, label);
    }
    return to;
  }

  #copyOf(frame: Extract<Frame, { kind: 'finally' }>, at: number, destination: number, label: FlowEdgeLabel): number {
    // An exception goes on behind the body, whatever led into it.
    const isException = label === 'exception' || label === 'throw';
    const key = destination * 2 + (isException ? 1 : 0);
    const onward = isException ? 'throw' : label;
    const known = frame.copies.get(key);
    if (known !== undefined) return known;
    const saved = { frames: this.#frames, current: this.#current };
    const [shared] = frame.copies.values();
    if (this.#copies >= MOST_COPIES && shared !== undefined) {
      const last = frame.copies.get(-1);
      if (last !== undefined && last >= 0) this.#edge(last, destination, onward);
      frame.copies.set(key, shared);
      return shared;
    }
    this.#copies++;
    const entry = this.#block();
    frame.copies.set(key, entry);
    this.#frames = this.#frames.slice(0, at);
    this.#current = entry;
    this.#sequence(frame.body);
    if (!frame.copies.has(-1)) frame.copies.set(-1, this.#current);
    this.#go(destination, onward);
    this.#frames = saved.frames;
    this.#current = saved.current;
    return entry;
  }

  #sequence(body: readonly FlowStatement[]): void {
    for (const statement of body) this.#statement(statement);
  }

  #within(frame: Frame, run: () => void): void {
    const outer = this.#frames;
    this.#frames = [...outer, frame];
    run();
    this.#frames = outer;
  }

  #statement(statement: FlowStatement): void {
    switch (statement.kind) {
      case 'step':
        return this.#step(statement.step);
      case 'return':
      case 'throw':
        return this.#leave(statement);
      case 'break':
      case 'continue':
        return this.#jump(statement);
      case 'block':
        return this.#labelled(statement);
      case 'if':
        return this.#if(statement);
      case 'loop':
        return this.#loop(statement);
      case 'switch':
        return this.#switch(statement);
      case 'try':
        return this.#try(statement);
    }
  }

  #leave({ kind, step }: Statement<'return' | 'throw'>): void {
    this.#append(step);
    if (kind === 'throw') this.#raise('throw');
    else {
      if (step.mayThrow && this.#isGuarded()) {
        // What is returned is computed inside the `try`; only then is it returned.
        this.#raise('exception');
      }
      const from = this.#current;
      this.#edge(from, this.#route(-1, this.#exit, 'return'), 'return');
    }
    this.#current = -1;
  }

  #jump({ kind, step, label }: Statement<'break' | 'continue'>): void {
    this.#append(step);
    const from = this.#current;
    for (let depth = this.#frames.length - 1; depth >= 0; depth--) {
      const frame = this.#frames[depth]!;
      if (frame.kind !== 'target') continue;
      const fits =
        label === undefined
          ? kind === 'break'
            ? frame.takesBreak
            : frame.continueTo !== undefined
          : frame.label === label;
      const to = kind === 'break' ? frame.breakTo : frame.continueTo;
      if (!fits || to === undefined) continue;
      this.#edge(from, this.#route(depth, to, kind), kind);
      break;
    }
    this.#current = -1;
  }

  #labelled({ body, label }: Statement<'block'>): void {
    if (label === undefined) return this.#sequence(body);
    const after = this.#block();
    this.#within({ kind: 'target', label, breakTo: after, continueTo: undefined, takesBreak: false }, () =>
      this.#sequence(body),
    );
    this.#go(after, 'next');
    this.#current = after;
  }

  /** A test ends its block: true and false lead on from it. */
  #test(step: FlowStep): number {
    this.#append(step);
    if (step.mayThrow && this.#isGuarded()) this.#raise('exception');
    const from = this.#current;
    this.#current = -1;
    return from;
  }

  #branch(from: number, label: FlowEdgeLabel, to: number = this.#block()): number {
    this.#edge(from, to, label);
    return to;
  }

  #if({ test, then, otherwise }: Statement<'if'>): void {
    const from = this.#test(test);
    const after = this.#block();
    this.#current = this.#branch(from, 'true');
    this.#sequence(then);
    this.#go(after, 'next');
    if (otherwise.length === 0) this.#edge(from, after, 'false');
    else {
      this.#current = this.#branch(from, 'false');
      this.#sequence(otherwise);
      this.#go(after, 'next');
    }
    this.#current = after;
  }

  #loop(loop: Statement<'loop'>): void {
    const head = this.#block();
    this.#go(head, 'next');
    const after = this.#block();
    const isAtEnd = loop.testAt === 'end';
    const again = loop.update !== undefined || isAtEnd ? this.#block() : head;
    const done = (from: number): void => {
      if (loop.isEndless) return;
      if (loop.otherwise.length === 0) this.#edge(from, after, 'false');
      else {
        this.#current = this.#branch(from, 'false');
        this.#sequence(loop.otherwise);
        this.#go(after, 'next');
      }
    };
    this.#current = head;
    if (!isAtEnd && loop.test !== undefined) {
      const from = this.#test(loop.test);
      done(from);
      this.#current = this.#branch(from, 'true');
    }
    this.#within({ kind: 'target', label: loop.label, breakTo: after, continueTo: again, takesBreak: true }, () => {
      if (loop.binds !== undefined) this.#step(loop.binds);
      this.#sequence(loop.body);
    });
    this.#go(again, 'next');
    if (loop.update !== undefined) {
      this.#current = again;
      this.#step(loop.update);
      this.#go(head, 'next');
    } else if (isAtEnd) {
      this.#current = again;
      const from = loop.test === undefined ? again : this.#test(loop.test);
      this.#edge(from, head, 'true');
      done(from);
    }
    this.#current = after;
  }

  #switch({ subject, cases, fallsThrough, label }: Statement<'switch'>): void {
    let from = this.#test(subject);
    let edge: FlowEdgeLabel = 'next';
    const after = this.#block();
    const bodies = cases.map(() => this.#block());
    const fallback = cases.findIndex(({ test }) => test === undefined);
    let isOpen = true;
    cases.forEach((item, i) => {
      if (item.test === undefined || !isOpen) return;
      this.#current = this.#branch(from, edge);
      from = this.#test(item.test);
      edge = 'false';
      if (item.binds === undefined && item.guard === undefined) this.#edge(from, bodies[i]!, 'case');
      else {
        this.#current = this.#branch(from, 'case');
        if (item.binds !== undefined) this.#step(item.binds);
        if (item.guard === undefined) this.#go(bodies[i]!, 'next');
        else {
          const guard = this.#test(item.guard);
          this.#edge(guard, bodies[i]!, 'true');
          // The next case is tried after a failed pattern and after a failed guard.
          const next = this.#block();
          if (!item.isIrrefutable) this.#edge(from, next, 'false');
          this.#edge(guard, next, 'false');
          from = next;
          edge = 'next';
          return;
        }
      }
      if (item.isIrrefutable) isOpen = false;
    });
    if (isOpen) this.#edge(from, fallback < 0 ? after : bodies[fallback]!, fallback < 0 ? edge : 'default');
    this.#within({ kind: 'target', label, breakTo: after, continueTo: undefined, takesBreak: fallsThrough }, () => {
      cases.forEach((item, i) => {
        if (fallsThrough && this.#current >= 0) this.#go(bodies[i]!, 'next');
        this.#current = bodies[i]!;
        this.#sequence(item.body);
        if (!fallsThrough || i === cases.length - 1) this.#go(after, 'next');
      });
    });
    this.#current = after;
  }

  #try(statement: Statement<'try'>): void {
    const after = this.#block();
    const cleanup: Frame | undefined = statement.finally && {
      kind: 'finally',
      body: statement.finally,
      copies: new Map(),
    };
    const inner = (): void => {
      const { handlers } = statement;
      const entry = handlers.length > 0 ? this.#block() : -1;
      const body = (): void => {
        // Entered in a block of its own: what stood before it is not guarded by it.
        const start = this.#block();
        this.#go(start, 'next');
        this.#current = start;
        this.#sequence(statement.body);
      };
      if (entry < 0) body();
      else this.#within({ kind: 'handlers', entry }, body);
      this.#sequence(statement.otherwise);
      this.#complete(after, cleanup);
      let test = entry;
      for (const handler of handlers) {
        this.#current = test;
        const from = this.#test(handler.test);
        this.#current = this.#branch(from, 'true');
        if (handler.binds !== undefined) this.#append(handler.binds);
        this.#sequence(handler.body);
        this.#complete(after, cleanup);
        if (handler.catchesAll) {
          test = -1;
          break;
        }
        test = this.#branch(from, 'false');
      }
      if (test >= 0) {
        this.#current = test;
        this.#raise('throw');
        this.#current = -1;
      }
    };
    if (cleanup) this.#within(cleanup, inner);
    else inner();
    this.#current = after;
  }

  /** The normal end of a `try` body or handler: through `finally`, then on. */
  #complete(after: number, cleanup: Frame | undefined): void {
    if (this.#current < 0) return;
    const from = this.#current;
    const to = cleanup === undefined ? after : this.#route(this.#frames.indexOf(cleanup) - 1, after, 'next');
    this.#edge(from, to, 'next');
    this.#current = -1;
  }

  #finish(source: FlowFunction): ControlFlowGraph {
    return finishGraph(source, this.#steps, this.#blocks, this.#edges);
  }
}

/** The control-flow graph of one function. Pure. */
export function buildControlFlow(source: FlowFunction): ControlFlowGraph {
  return new Builder().build(source);
}
