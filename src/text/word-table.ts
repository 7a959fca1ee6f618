/** Words and their numbers, dense from 0 in order of appearance. One table serves many texts; numbers never leave the process. */
export class WordTable {
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];

  get size(): number {
    return this.#words.length;
  }

  /** The word's number, a new one if need be. */
  add(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.#words.push(word) - 1;
      this.#numbers.set(word, number);
    }
    return number;
  }

  /** −1 for a word that was never added. */
  find(word: string): number {
    return this.#numbers.get(word) ?? -1;
  }

  word(number: number): string {
    return this.#words[number]!;
  }
}
