import { describe, expect, it } from 'vitest';
import { describeSymbol, listExports, listImports, listReferences, listSymbols } from '../facts-listing.ts';
import { extractor } from './clojure.ts';

const source = `(ns shop.cart
  "A cart; (defn ghost []) in a string."
  (:require [clojure.string :as str]
            [shop.price :refer [total round]]
            [shop.log :as log :refer [info]]
            shop.side)
  (:import (java.util Date UUID)
           java.io.File))

; (defn commented [])
(declare later)

(def ^:private rate 0.2)
(def ^{:private true :doc "x"} hidden 1)
(defonce state (atom {}))

(defn add-item!
  "Adds an item.
  Returns the cart."
  [cart ^long n {:keys [sku]} & more]
  (let [found (lookup cart sku)]
    (if (and found (pos? n))
      (later (str/join ", " more) \\( "later)")
      (->> (range n)
           (map #(add-item! cart % {})) ; (not a call)
           (into [])))))

(defn- lookup
  ([cart] (lookup cart nil))
  ([cart sku] (get cart sku)))

(defn later [f & args]
  (f (lookup args)) '(quoted call) #_(discarded call))

(defmacro unless [test & body]
  \`(if ~test nil (do ~@body)))

(defprotocol Priced
  "Has a price."
  (price [this] "In cents.")
  (tax [this rate]))

(defrecord Item [name cents]
  Priced
  (price [_] cents)
  (tax [this rate] (* rate (price this)))
  Object
  (toString [_] (.toUpperCase name)))

(defmulti render :kind)
(defmethod render :html [x] (Date. 0) #'lookup)
(deftest adds (is (= 1 (add-item! {} 1 {}))))
`;

describe('Clojure', () => {
  const facts = extractor.extract({ text: source, language: 'clojure', declarations: false });

  it('finds def forms', () => {
    expect(facts.partial).toBe(false);
    expect(listSymbols(facts)).toEqual([
      'variable rate 13-13 private',
      'variable hidden 14-14 private',
      'variable state 15-15 exported',
      'function add-item! 17-26 exported',
      'function lookup 28-30 private',
      'function later 32-33 exported',
      'macro unless 35-36 exported',
      'interface Priced 38-41 exported',
      'method Priced.price 40-40 abstract declaration',
      'method Priced.tax 41-41 abstract declaration',
      'class Item 43-48 exported',
      'field Item.name 43-43',
      'field Item.cents 43-43',
      'method Item.price 45-45',
      'method Item.tax 46-46',
      'method Item.toString 48-48',
      'function render 50-50 exported',
      'method render 51-51 exported',
      'function adds 52-52 exported test',
    ]);
    expect(listExports(facts)).toContain('later');
  });

  it('reads documentation and parameters', () => {
    expect(describeSymbol(facts, 'add-item!')).toMatchObject({
      documentation: 'Adds an item.\nReturns the cart.',
      parameters: ['cart', 'n: long', '{:keys [sku]}', '*more'],
      cyclomatic: 3,
    });
    expect(describeSymbol(facts, 'Priced.price').documentation).toBe('In cents.');
    expect(describeSymbol(facts, 'lookup').parameters).toEqual(['cart']);
  });

  it('reads the namespace form', () => {
    expect(facts.strings[facts.symbols[1]!]).toBe('shop.cart');
    expect(listImports(facts)).toEqual([
      'module clojure.string as str',
      'member shop.price total',
      'member shop.price round',
      'member shop.log info',
      'module shop.log as log',
      'module shop.side',
      'member java.util Date',
      'member java.util UUID',
      'member java.io File',
    ]);
  });

  it('binds calls that nothing can shadow', () => {
    const lines = listReferences(facts);
    expect(lines).toContain('call later@23 in add-item! -> later');
    expect(lines).toContain('call str.join@23 in add-item!');
    expect(lines).toContain('call add-item!@25 in add-item! -> add-item!');
    expect(lines).toContain('call f@33 in later');
    expect(lines).toContain('instantiate Date@51 in render');
    expect(lines).toContain('implement Priced@44 in Item');
    expect(lines.filter((line) => /quoted|discarded|not a|commented|java/.test(line))).toEqual([]);
  });

  it('keeps what it can of broken text', () => {
    const broken = extractor.extract({
      text: '(defn f [x] (g x)\n(defn h [] "open',
      language: 'clojure',
      declarations: false,
    });
    expect(broken.partial).toBe(true);
    expect(listSymbols(broken).map((line) => line.split(' ')[1])).toEqual(['f', 'f.h']);
  });
});
