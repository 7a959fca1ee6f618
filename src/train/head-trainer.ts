/** A projection head being trained on vectors that stay as they are: pairs meet in the contrastive loss, AdamW moves the layers. */
import { headLayout, type HeadShape, project } from '#embedders/projection-head.ts';
import { contrastiveLoss } from './contrastive-loss.ts';
import type { Random } from './numeric/random.ts';
import type { OptimizerSettings } from './table-trainer.ts';

export interface HeadBatch {
  /** count × input each; anchor i belongs to target i. */
  readonly anchors: Float32Array;
  readonly targets: Float32Array;
  /** Equal keys are no negatives of each other. */
  readonly keys: Int32Array;
}

export const headOptimizer: OptimizerSettings = {
  temperature: 0.07,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
};

export class HeadTrainer {
  readonly shape: HeadShape;
  readonly parameters: Float32Array;
  readonly #optimizer: OptimizerSettings;
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  steps = 0;

  /** Weights are normal with variance 2 / inputs (He et al. 2015), biases 0. */
  constructor(shape: HeadShape, random: Random, optimizer: OptimizerSettings = headOptimizer) {
    const at = headLayout(shape);
    this.shape = shape;
    this.#optimizer = optimizer;
    this.parameters = new Float32Array(at.count);
    this.#first = new Float32Array(at.count);
    this.#second = new Float32Array(at.count);
    for (let i = 0; i < at.firstBias; i++) this.parameters[i] = random.normal() * Math.sqrt(2 / shape.input);
    for (let i = at.secondWeights; i < at.secondBias; i++)
      this.parameters[i] = random.normal() * Math.sqrt(2 / shape.hidden);
  }

  /** One AdamW step (Loshchilov & Hutter 2019); the loss before it. */
  step(batch: HeadBatch, learningRate: number): number {
    const { loss, gradient } = this.gradient(batch);
    const { beta1, beta2, epsilon, weightDecay, clipNorm } = this.#optimizer;
    const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    const clip = norm > clipNorm ? clipNorm / norm : 1;
    this.steps++;
    const rate = learningRate / (1 - beta1 ** this.steps);
    const correction = 1 / (1 - beta2 ** this.steps);
    const { parameters } = this;
    for (let i = 0; i < parameters.length; i++) {
      const slope = gradient[i]! * clip;
      const first = (this.#first[i] = beta1 * this.#first[i]! + (1 - beta1) * slope);
      const second = (this.#second[i] = beta2 * this.#second[i]! + (1 - beta2) * slope * slope);
      parameters[i]! -=
        (rate * first) / (Math.sqrt(second * correction) + epsilon) + learningRate * weightDecay * parameters[i]!;
    }
    return loss;
  }

  /** The loss of a batch and its gradient by parameter. */
  gradient({ anchors, targets, keys }: HeadBatch): { readonly loss: number; readonly gradient: Float32Array } {
    const { output } = this.shape;
    const count = keys.length;
    const left = project(this.shape, this.parameters, anchors);
    const right = project(this.shape, this.parameters, targets);
    const cosines = new Float32Array(count * count);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) {
        let sum = 0;
        for (let k = 0; k < output; k++) sum += left.units[i * output + k]! * right.units[j * output + k]!;
        cosines[i * count + j] = sum;
      }
    const loss = contrastiveLoss({ cosines, count, keys, temperature: this.#optimizer.temperature });
    const toLeft = new Float32Array(count * output);
    const toRight = new Float32Array(count * output);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) {
        const slope = cosines[i * count + j]!;
        if (slope === 0) continue;
        for (let k = 0; k < output; k++) {
          toLeft[i * output + k]! += slope * right.units[j * output + k]!;
          toRight[j * output + k]! += slope * left.units[i * output + k]!;
        }
      }
    const gradient = new Float32Array(this.parameters.length);
    this.#backward(anchors, left, toLeft, gradient);
    this.#backward(targets, right, toRight, gradient);
    return { loss, gradient };
  }

  /** Adds what the gradients of the unit vectors say of the layers. */
  #backward(
    rows: Float32Array,
    { hidden, units, lengths }: ReturnType<typeof project>,
    slopes: Float32Array,
    gradient: Float32Array,
  ): void {
    const { input, hidden: width, output } = this.shape;
    const at = headLayout(this.shape);
    const { parameters } = this;
    const toHidden = new Float32Array(width);
    for (let row = 0; row < lengths.length; row++) {
      let along = 0;
      for (let k = 0; k < output; k++) along += slopes[row * output + k]! * units[row * output + k]!;
      toHidden.fill(0);
      for (let k = 0; k < output; k++) {
        const slope = (slopes[row * output + k]! - along * units[row * output + k]!) / lengths[row]!;
        gradient[at.secondBias + k]! += slope;
        const weights = at.secondWeights + k * width;
        for (let unit = 0; unit < width; unit++) {
          gradient[weights + unit]! += slope * hidden[row * width + unit]!;
          toHidden[unit]! += slope * parameters[weights + unit]!;
        }
      }
      for (let unit = 0; unit < width; unit++) {
        if (hidden[row * width + unit]! <= 0) continue;
        const slope = toHidden[unit]!;
        gradient[at.firstBias + unit]! += slope;
        const weights = at.firstWeights + unit * input;
        for (let i = 0; i < input; i++) gradient[weights + i]! += slope * rows[row * input + i]!;
      }
    }
  }
}
