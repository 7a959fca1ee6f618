/** Engines tell what they do as events; doors render them. */
export type Stage =
  | 'clone'
  | 'scan'
  | 'parse'
  | 'link'
  | 'index'
  | 'history'
  | 'report'
  | 'train'
  | 'embed'
  | 'judge'
  | 'test'
  | 'explore'
  | 'prove';

export type EngineEvent =
  | {
      readonly type: 'progress';
      readonly stage: Stage;
      readonly done: number;
      readonly total: number | undefined;
      readonly detail?: string;
    }
  | { readonly type: 'stage-done'; readonly stage: Stage; readonly milliseconds: number; readonly detail?: string }
  | { readonly type: 'warning'; readonly message: string; readonly path?: string }
  | { readonly type: 'note'; readonly message: string }
  /** What a program that was started writes, as it comes. */
  | { readonly type: 'output'; readonly stream: 'output' | 'errors'; readonly text: string };

export type Emit = (event: EngineEvent) => void;

export const silent: Emit = () => {};
