/** Zero crossings of the sinc on each side: about 90 dB of stop band with the window below. */
const ZERO_CROSSINGS = 12;
/** Of the lower Nyquist frequency; what lies between is the transition band. */
const PASS_BAND = 0.94;

/** Filter coefficients, one row per phase. */
interface PhaseTable {
  readonly up: number;
  readonly down: number;
  readonly tapCount: number;
  readonly rows: readonly Float32Array[];
}

const tables = new Map<string, PhaseTable>();

/** Converts a stream of PCM from one sample rate to another with a windowed sinc, without delay. */
export class Resampler {
  readonly #table: PhaseTable;
  #pending: Int16Array;
  /** Position of the next output sample, in steps of 1/up of an input sample from the start of `#pending`. */
  #position = 0;
  #inputCount = 0;
  #outputCount = 0;

  constructor(fromRateHz: number, toRateHz: number) {
    this.#table = tableFor(fromRateHz, toRateHz);
    this.#pending = new Int16Array(this.#table.tapCount / 2 - 1);
  }

  convert(samples: Int16Array): Int16Array {
    this.#inputCount += samples.length;
    return this.#run(samples, Number.POSITIVE_INFINITY);
  }

  /** The rest that was still waiting for its future. */
  finish(): Int16Array {
    const total = Math.round((this.#inputCount * this.#table.up) / this.#table.down);
    return this.#run(new Int16Array(this.#table.tapCount), total - this.#outputCount);
  }

  #run(samples: Int16Array, maxOutput: number): Int16Array {
    const { up, down, tapCount, rows } = this.#table;
    const input = new Int16Array(this.#pending.length + samples.length);
    input.set(this.#pending);
    input.set(samples, this.#pending.length);
    const available = Math.max(0, Math.ceil(((input.length - tapCount + 1) * up - this.#position) / down));
    const output = new Int16Array(Math.min(available, maxOutput));
    for (let index = 0; index < output.length; index += 1) {
      const at = this.#position + index * down;
      output[index] = dot(input, Math.floor(at / up), rows[at % up]);
    }
    const next = this.#position + output.length * down;
    const consumed = Math.floor(next / up);
    this.#position = next % up;
    this.#pending = input.slice(consumed);
    this.#outputCount += output.length;
    return output;
  }
}

function dot(input: Int16Array, start: number, row: Float32Array | undefined): number {
  let sum = 0;
  if (row !== undefined) {
    for (let tap = 0; tap < row.length; tap += 1) {
      sum += (input[start + tap] ?? 0) * (row[tap] ?? 0);
    }
  }
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
}

function tableFor(fromRateHz: number, toRateHz: number): PhaseTable {
  const key = `${fromRateHz}/${toRateHz}`;
  const known = tables.get(key);
  if (known !== undefined) {
    return known;
  }
  const divisor = greatestCommonDivisor(fromRateHz, toRateHz);
  const [up, down] = [toRateHz / divisor, fromRateHz / divisor];
  const cutoff = Math.min(1, up / down) * PASS_BAND;
  const tapCount = 2 * Math.ceil(ZERO_CROSSINGS / cutoff);
  const rows = Array.from({ length: up }, (_, phase) => phaseRow(phase / up, tapCount, cutoff));
  const table = { up, down, tapCount, rows };
  tables.set(key, table);
  return table;
}

/** @param fraction of an input sample by which the output lies after the middle of the row. */
function phaseRow(fraction: number, tapCount: number, cutoff: number): Float32Array {
  const half = tapCount / 2;
  const row = Float32Array.from({ length: tapCount }, (_, tap) => {
    const distance = tap - (half - 1) - fraction;
    return sinc(distance * cutoff) * cutoff * blackmanHarris(distance / half);
  });
  const sum = row.reduce((total, value) => total + value, 0);
  return row.map((value) => value / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param x -1..1 across the window. */
function blackmanHarris(x: number): number {
  if (Math.abs(x) >= 1) {
    return 0;
  }
  const angle = Math.PI * (x + 1);
  return (
    0.358_75 - 0.488_29 * Math.cos(angle) + 0.141_28 * Math.cos(2 * angle) - 0.011_68 * Math.cos(3 * angle)
  );
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
