import { describe, expect, it } from 'vitest';
import type { FileFacts } from '#model/facts.ts';
import { describeSymbol, listImports, listReferences, listSymbols } from '../facts-listing.ts';
import { extractor } from './matlab.ts';

const extract = (text: string): FileFacts => extractor.extract({ text, language: 'matlab', declarations: false });

const classSource = `classdef (Sealed) Account < handle & Base.Audited
    % ACCOUNT Holds money.
    properties (Access = private)
        Balance (1,1) double = 0   % in cents
        Owner = 'function ghost()'
    end
    properties (Constant)
        LIMIT = 10;
    end
    events
        Overdrawn
    end
    enumeration
        Small, Large
    end
    methods
        function obj = Account(owner, varargin)
            %ACCOUNT Opens one.
            % Second line.
            obj.Owner = owner';
            if nargin > 1 && ~isempty(varargin), obj.Balance = varargin{end}; end
        end
        function set.Balance(obj, v)
            obj.Balance = check(v, obj.Rates(end));
        end
    end
    methods (Static, Access = protected)
        function [a, b] = split(x, ...
                y)
            %{
            function no()
            %}
            import pkg.tools.Helper
            a = Helper(x)'; b = 'it''s'; for k = 1:3, b = y(k); end
            obj.log(a);
        end
        r = declared(x)
    end
end
function v = check(v, r)
    v = min(v, r); f = @scale; v = f(v);
end
function v = scale(v), v = v * 2; end
`;

describe('MATLAB', () => {
  it('finds classes, sections and functions', () => {
    const facts = extract(classSource);
    expect(facts.partial).toBe(false);
    expect(listSymbols(facts)).toEqual([
      'class Account 1-39 exported final',
      'field Account.Balance 4-4 private',
      'field Account.Owner 5-5 private',
      'constant Account.LIMIT 8-8 readonly',
      'property Account.Overdrawn 11-11',
      'enum-member Account.Small 14-14',
      'enum-member Account.Large 14-14',
      'constructor Account.Account 17-22',
      'method Account.Balance 23-25 setter',
      'method Account.split 28-36 protected static',
      'method Account.declared 37-37 protected static declaration',
      'function check 40-42 private',
      'function scale 43-43 private',
    ]);
    expect(describeSymbol(facts, 'Account').documentation).toBe('ACCOUNT Holds money.');
    expect(describeSymbol(facts, 'Account.Account')).toMatchObject({
      documentation: 'ACCOUNT Opens one.\nSecond line.',
      parameters: ['owner', '*varargin'],
      returnType: 'obj',
      cyclomatic: 3,
    });
    expect(describeSymbol(facts, 'Account.Balance').declaredType).toBe('(1,1) double');
    expect(describeSymbol(facts, 'Account.split')).toMatchObject({ returnType: '[a, b]', parameters: ['x', 'y'] });
  });

  it('tells calls from indices', () => {
    const facts = extract(classSource);
    expect(listImports(facts)).toEqual(['member pkg.tools Helper']);
    expect(listReferences(facts)).toEqual([
      'inherit handle@1 in Account',
      'inherit Audited@1 in Account',
      'call isempty@21 in Account.Account',
      'call check@24 in Account.Balance -> check',
      'call obj.Rates@24 in Account.Balance',
      'call Helper@34 in Account.split',
      'call obj.log@35 in Account.split',
      'call min@41 in check',
      'read scale@41 in check -> scale',
    ]);
  });

  it('knows files whose functions have no end', () => {
    const facts = extract(
      'function main(x)\n% MAIN Runs.\nwhile x > 0\n  x = step(x);\nend\nhelper\n\nfunction y = step(x)\ny = x(end) - 1;\nfunction helper\ndisp("done")\n',
    );
    expect(listSymbols(facts)).toEqual([
      'function main 1-6 exported',
      'function step 8-9 private',
      'function helper 10-11 private',
    ]);
    expect(listReferences(facts)).toEqual([
      'call step@4 in main -> step',
      'call helper@6 in main -> helper',
      'call disp@11 in helper',
    ]);
    expect(describeSymbol(facts, 'main')).toMatchObject({ documentation: 'MAIN Runs.', cyclomatic: 2, nesting: 1 });
  });

  it('keeps what it can of broken text', () => {
    const facts = extract("function a(\nx = 'open\nfunction b()\nend end end");
    expect(facts.partial).toBe(true);
    for (const text of ['classdef', 'function', 'properties', 'end', '%{', "'"])
      expect(() => extract(text)).not.toThrow();
  });
});
