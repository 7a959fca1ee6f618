import { describe, expect, it } from 'vitest';
import { describeSymbol, listExports, listImports, listReferences, listSymbols } from '../facts-listing.ts';
import { extractor } from './erlang.ts';

const source = `%% @doc A pool of workers.
-module(worker_pool).
-behaviour(gen_server).
-export([start_link/1, size/1, size/2]).
-export_type([pool/0]).
-include_lib("kernel/include/logger.hrl").
-import(lists, [map/2, foldl/3]).

-define(TIMEOUT, 5000).
-define(LOG(Fmt, Args), io:format(Fmt, Args)).

-record(state, {
    workers = [] :: [pid()],
    limit = ?TIMEOUT :: pos_integer()
}).

-type pool() :: {pool, pid()}.
-opaque secret() :: integer().

-spec start_link(Limit :: pos_integer()) -> {ok, pid()} | {error, term()}.
%% Starts a pool. "size(" in a comment is no call.
start_link(Limit) when is_integer(Limit), Limit > 0 ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [Limit], []).

%% The size: of a pool,
%% or of its workers.
size(#state{workers = Ws}) ->
    size(Ws, 0);
size({pool, _Pid} = Pool) ->
    case lookup(Pool) of
        {ok, S} when S#state.limit > 0 -> size(S);
        undefined ->
            Say = "end. size(1) -> \\"quoted\\"",
            ?LOG(Say, [$., $"]),
            0
    end.

size([], N) -> N;
size([_ | Rest], N) ->
    size(Rest, N + 1).

'odd name'(X) -> X.

lookup(Pool) ->
    F = fun(P) when P =:= Pool -> {ok, P}; (_) -> undefined end,
    G = fun size/2,
    Found = map(F, ets:tab2list(pool_table)),
    'odd name'(G),
    unknown(Found, Found),
    receive
        {found, R} -> R
    after 1.5e3 -> undefined
    end.

lookup_test() ->
    undefined = lookup({pool, self()}).
`;

describe('Erlang', () => {
  const facts = extractor.extract({ text: source, language: 'erlang', declarations: false });

  it('finds forms, one symbol for all clauses of a function', () => {
    expect(facts.partial).toBe(false);
    expect(listSymbols(facts)).toEqual([
      'constant TIMEOUT 9-9',
      'macro LOG 10-10',
      'struct state 12-15',
      'field state.workers 13-13',
      'field state.limit 14-14',
      'type pool 17-17 exported',
      'type secret 18-18 private',
      'function start_link 22-23 exported',
      'function size 27-36 exported',
      'function size 38-40 exported',
      'function odd name 42-42 private',
      'function lookup 44-53 private',
      'function lookup_test 55-56 private test',
    ]);
    expect(listExports(facts)).toEqual(['pool', 'start_link', 'size', 'size']);
  });

  it('takes signatures from -spec, documentation from comments', () => {
    expect(describeSymbol(facts, 'start_link')).toMatchObject({
      signature: 'start_link(Limit :: pos_integer()) -> {ok, pid()} | {error, term()}',
      returnType: '{ok, pid()} | {error, term()}',
      documentation: 'Starts a pool. "size(" in a comment is no call.',
      parameters: ['Limit'],
      place: [22, 1],
    });
    expect(describeSymbol(facts, 'size')).toMatchObject({
      documentation: 'The size: of a pool,\nor of its workers.',
      parameters: ['#state{workers = Ws}'],
      cyclomatic: 3,
      cognitive: 1,
      nesting: 1,
    });
    expect(describeSymbol(facts, 'state.workers').declaredType).toBe('[pid()]');
  });

  it('binds calls to functions of this file by name and arity', () => {
    expect(listImports(facts)).toEqual([
      'module gen_server',
      'include kernel/include/logger.hrl',
      'member lists map',
      'member lists foldl',
    ]);
    const calls = listReferences(facts).filter((line) => line.startsWith('call'));
    expect(calls).toEqual([
      'call io.format@10 in LOG',
      'call is_integer@22 in start_link',
      'call gen_server.start_link@23 in start_link',
      'call size@28 in size -> size',
      'call lookup@30 in size -> lookup',
      'call size@31 in size -> size',
      'call size@40 in size -> size',
      'call map@47 in lookup',
      'call ets.tab2list@47 in lookup',
      'call odd name@48 in lookup -> odd name',
      'call unknown@49 in lookup',
      'call lookup@56 in lookup_test -> lookup',
      'call self@56 in lookup_test',
    ]);
  });

  it('keeps what it can of broken text', () => {
    const broken = extractor.extract({
      text: '-module(a).\nf(X) -> g(X\nh() -> "never closed',
      language: 'erlang',
      declarations: false,
    });
    expect(broken.partial).toBe(true);
    expect(listSymbols(broken)[0]).toContain('function f');
    expect(extractor.extract({ text: '', language: 'erlang', declarations: false }).lines.total).toBe(0);
  });
});
