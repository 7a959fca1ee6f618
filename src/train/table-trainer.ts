/**
 * A static embedding table being trained: bags of rows become unit vectors, pairs of them meet in the contrastive loss, and the
 * rows that took part get one AdamW step. Everything lies in one linear memory; the order of all sums is fixed.
 */
import { contrastiveLoss } from './contrastive-loss.ts';
import { makeVectorKernels } from './numeric/vector-kernels.ts';
import type { Random } from './numeric/random.ts';
import { linearMemory } from '#base/web-assembly.ts';
import type { WeightedBags } from './weighted-bags.ts';

export interface TableShape {
  readonly rows: number;
  /** A multiple of 16. */
  readonly dimensions: number;
  /** Pairs a batch, at most. */
  readonly batch: number;
}

export interface OptimizerSettings {
  readonly temperature: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Per step and unit of learning rate, of the rows that take part. */
  readonly weightDecay: number;
  /** Gradients of a batch with a longer norm are shortened to it. */
  readonly clipNorm: number;
}

export const defaultOptimizer: OptimizerSettings = {
  temperature: 0.07,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  clipNorm: 1,
};

export interface PairBatch {
  readonly anchors: WeightedBags;
  readonly targets: WeightedBags;
  readonly keys: Int32Array;
}

export class TableTrainer {
  readonly shape: TableShape;
  readonly #optimizer: OptimizerSettings;
  readonly #kernels: ReturnType<typeof makeVectorKernels>;
  readonly #floats: Float32Array;
  /** Byte addresses. */
  readonly #at: Readonly<
    Record<
      'table' | 'first' | 'second' | 'gradient' | 'anchor' | 'target' | 'anchorGradient' | 'targetGradient',
      number
    >
  >;
  readonly #rowBytes: number;
  readonly #slots: Int32Array;
  readonly #touched: Int32Array;
  #touchedCount = 0;
  /** Steps taken. */
  steps = 0;

  constructor(shape: TableShape, optimizer: OptimizerSettings = defaultOptimizer) {
    if (shape.dimensions % 16 !== 0) throw new RangeError(`${shape.dimensions} dimensions are no multiple of 16`);
    this.shape = shape;
    this.#optimizer = optimizer;
    this.#rowBytes = shape.dimensions * 4;
    const tableBytes = shape.rows * this.#rowBytes;
    const batchBytes = shape.batch * this.#rowBytes;
    const names = [
      'table',
      'first',
      'second',
      'gradient',
      'anchor',
      'target',
      'anchorGradient',
      'targetGradient',
    ] as const;
    const at = {} as Record<(typeof names)[number], number>;
    let end = 0;
    names.forEach((name, i) => {
      at[name] = end;
      end += i < 4 ? tableBytes : batchBytes;
    });
    this.#at = at;
    const memory = linearMemory(end);
    this.#kernels = makeVectorKernels(memory);
    this.#floats = new Float32Array(memory.buffer);
    this.#slots = new Int32Array(shape.rows).fill(-1);
    this.#touched = new Int32Array(shape.rows);
  }

  /** Row r is normal with deviation scale(r)/√dimensions. */
  initialise(random: Random, scale: (row: number) => number): void {
    const { rows, dimensions } = this.shape;
    for (let row = 0; row < rows; row++) {
      const deviation = scale(row) / Math.sqrt(dimensions);
      for (let i = 0; i < dimensions; i++) this.#floats[row * dimensions + i] = random.normal() * deviation;
    }
  }

  /** rows × dimensions, live. */
  get table(): Float32Array {
    return this.#view(this.#at.table);
  }

  /** Table and both moments, live: what a checkpoint keeps. */
  get state(): readonly Float32Array[] {
    return [this.#at.table, this.#at.first, this.#at.second].map((at) => this.#view(at));
  }

  /** One step on one batch; the loss before it. */
  step({ anchors, targets, keys }: PairBatch, learningRate: number): number {
    const { count } = anchors;
    const { loss, anchorNorms, targetNorms } = this.#forward(anchors, targets, keys);
    this.#backward(anchors, this.#at.anchor, this.#at.anchorGradient, anchorNorms, count);
    this.#backward(targets, this.#at.target, this.#at.targetGradient, targetNorms, count);
    this.#update(learningRate);
    return loss;
  }

  /** The loss of a batch and its gradient by row, without a step: for tests. */
  gradient({ anchors, targets, keys }: PairBatch): {
    readonly loss: number;
    readonly rows: ReadonlyMap<number, Float32Array>;
  } {
    const { loss, anchorNorms, targetNorms } = this.#forward(anchors, targets, keys);
    this.#backward(anchors, this.#at.anchor, this.#at.anchorGradient, anchorNorms, anchors.count);
    this.#backward(targets, this.#at.target, this.#at.targetGradient, targetNorms, anchors.count);
    const rows = new Map<number, Float32Array>();
    for (let slot = 0; slot < this.#touchedCount; slot++) {
      const row = this.#touched[slot]!;
      const from = this.#at.gradient / 4 + slot * this.shape.dimensions;
      rows.set(row, this.#floats.slice(from, from + this.shape.dimensions));
      this.#slots[row] = -1;
    }
    this.#touchedCount = 0;
    return { loss, rows };
  }

  #forward(
    anchors: WeightedBags,
    targets: WeightedBags,
    keys: Int32Array,
  ): {
    readonly loss: number;
    readonly anchorNorms: Float64Array;
    readonly targetNorms: Float64Array;
  } {
    const { dimensions } = this.shape;
    const { count } = anchors;
    const rowBytes = this.#rowBytes;
    const anchorNorms = this.#embed(anchors, this.#at.anchor);
    const targetNorms = this.#embed(targets, this.#at.target);
    const cosines = new Float32Array(count * count);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++)
        cosines[i * count + j] = this.#kernels.dot(
          this.#at.anchor + i * rowBytes,
          this.#at.target + j * rowBytes,
          dimensions,
        );
    const loss = contrastiveLoss({ cosines, count, keys, temperature: this.#optimizer.temperature });
    const from = this.#at.anchorGradient / 4;
    this.#floats.fill(0, from, from + count * dimensions);
    const other = this.#at.targetGradient / 4;
    this.#floats.fill(0, other, other + count * dimensions);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) {
        const gradient = cosines[i * count + j]!;
        if (gradient === 0) continue;
        this.#kernels.addScaled(
          this.#at.target + j * rowBytes,
          this.#at.anchorGradient + i * rowBytes,
          gradient,
          dimensions,
        );
        this.#kernels.addScaled(
          this.#at.anchor + i * rowBytes,
          this.#at.targetGradient + j * rowBytes,
          gradient,
          dimensions,
        );
      }
    return { loss, anchorNorms, targetNorms };
  }

  /** Unit vectors of bags from `to` on; their lengths before. */
  #embed({ rows, weights, offsets, count }: WeightedBags, to: number): Float64Array {
    const { dimensions } = this.shape;
    const lengths = new Float64Array(count);
    for (let bag = 0; bag < count; bag++) {
      const address = to + bag * this.#rowBytes;
      const from = address / 4;
      this.#floats.fill(0, from, from + dimensions);
      for (let i = offsets[bag]!; i < offsets[bag + 1]!; i++)
        this.#kernels.addScaled(this.#at.table + rows[i]! * this.#rowBytes, address, weights[i]!, dimensions);
      const length = Math.sqrt(this.#kernels.dot(address, address, dimensions)) || 1;
      lengths[bag] = length;
      for (let i = from; i < from + dimensions; i++) this.#floats[i]! /= length;
    }
    return lengths;
  }

  /** From the gradients of unit vectors to those of rows: ∂/∂x of x/|x| is (g − (g·u)u)/|x|. */
  #backward(
    { rows, weights, offsets }: WeightedBags,
    vectors: number,
    gradients: number,
    lengths: Float64Array,
    count: number,
  ): void {
    const { dimensions } = this.shape;
    for (let bag = 0; bag < count; bag++) {
      const vector = vectors + bag * this.#rowBytes;
      const gradient = gradients + bag * this.#rowBytes;
      this.#kernels.addScaled(vector, gradient, -this.#kernels.dot(vector, gradient, dimensions), dimensions);
      const inverse = 1 / lengths[bag]!;
      for (let i = offsets[bag]!; i < offsets[bag + 1]!; i++)
        this.#kernels.addScaled(gradient, this.#gradientOf(rows[i]!), weights[i]! * inverse, dimensions);
    }
  }

  #gradientOf(row: number): number {
    let slot = this.#slots[row]!;
    if (slot < 0) {
      slot = this.#touchedCount++;
      this.#slots[row] = slot;
      this.#touched[slot] = row;
      const from = this.#at.gradient / 4 + slot * this.shape.dimensions;
      this.#floats.fill(0, from, from + this.shape.dimensions);
    }
    return this.#at.gradient + slot * this.#rowBytes;
  }

  #update(learningRate: number): void {
    const { dimensions } = this.shape;
    const { beta1, beta2, epsilon, weightDecay, clipNorm } = this.#optimizer;
    let square = 0;
    for (let slot = 0; slot < this.#touchedCount; slot++) {
      const gradient = this.#at.gradient + slot * this.#rowBytes;
      square += this.#kernels.dot(gradient, gradient, dimensions);
    }
    const norm = Math.sqrt(square);
    const clip = norm > clipNorm ? clipNorm / norm : 1;
    this.steps++;
    const settings = {
      beta1,
      beta2,
      epsilon,
      rate: learningRate / (1 - beta1 ** this.steps),
      correction: 1 / (1 - beta2 ** this.steps),
      decay: learningRate * weightDecay,
    };
    for (let slot = 0; slot < this.#touchedCount; slot++) {
      const row = this.#touched[slot]!;
      const gradient = this.#at.gradient + slot * this.#rowBytes;
      if (clip < 1) this.#kernels.addScaled(gradient, gradient, clip - 1, dimensions);
      const offset = row * this.#rowBytes;
      this.#kernels.adam(
        this.#at.table + offset,
        this.#at.first + offset,
        this.#at.second + offset,
        gradient,
        dimensions,
        settings,
      );
      this.#slots[row] = -1;
    }
    this.#touchedCount = 0;
  }

  #view(at: number): Float32Array {
    return this.#floats.subarray(at / 4, at / 4 + this.shape.rows * this.shape.dimensions);
  }
}
