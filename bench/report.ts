/**
 * From the samples of all rounds to the table and the JSON file. A sample is what one system showed
 * in one round; what counts is the median over the rounds.
 */
import { FIGURES, type Figure, type Unit } from './figures.ts';
import { metric } from './process.ts';
import { median } from './statistics.ts';
import type { Metrics, SystemName } from './systems.ts';

export class Results {
  readonly #samples = new Map<string, Metrics[]>();

  add(system: SystemName, measurement: string, metrics: Metrics): void {
    const key = `${system} ${measurement}`;
    const samples = this.#samples.get(key);
    if (samples === undefined) this.#samples.set(key, [metrics]);
    else samples.push(metrics);
  }

  of(system: SystemName, measurement: string): readonly Metrics[] {
    return this.#samples.get(`${system} ${measurement}`) ?? [];
  }

  median(system: SystemName, measurement: string, name: string): number {
    return median(this.of(system, measurement).map((sample) => metric(sample, name)));
  }

  /** Measurements in which requests were refused: their figures mean nothing. */
  failures(): string[] {
    const failed: string[] = [];
    for (const [key, samples] of this.#samples) {
      const errors = samples.reduce((sum, sample) => sum + (metric(sample, 'errors') || 0), 0);
      if (errors > 0) failed.push(`${key}: ${errors} requests were refused`);
    }
    return failed;
  }

  toJSON(): Record<string, readonly Metrics[]> {
    return Object.fromEntries(this.#samples);
  }
}

export interface Row {
  readonly measurement: string;
  readonly title: string;
  readonly ours: number;
  readonly theirs: number;
  readonly system: SystemName | '';
  /** Ours divided by theirs; NaN without a reference. */
  readonly ratio: number;
  readonly verdict: 'reached' | 'met' | 'MISSED' | '';
  readonly figure: Figure;
}

/** One row for each figure of the measurements asked for. */
export function rows(results: Results, measurements: ReadonlySet<string>): Row[] {
  return FIGURES.filter((figure) => measurements.has(figure.measurement)).map((figure) => {
    const { measurement, title, reference } = figure;
    const ours = results.median('paddock', measurement, figure.metric);
    const theirs =
      reference === undefined
        ? Number.NaN
        : results.median(reference.system, reference.measurement, reference.metric);
    const ratio = ours / theirs;
    const verdict = judge(figure, ours, ratio);
    return {
      measurement,
      title,
      ours,
      theirs,
      system: reference?.system ?? '',
      ratio,
      verdict,
      figure,
    };
  });
}

function judge(figure: Figure, ours: number, ratio: number): Row['verdict'] {
  const { target } = figure;
  if (target === undefined) return '';
  const value = target.kind === 'ratio' ? ratio : ours;
  if (Number.isNaN(value)) return '';
  const holds = (bound: number): boolean =>
    figure.better === 'more' ? value >= bound : value <= bound;
  if (target.reach !== undefined && holds(target.reach)) return 'reached';
  return holds(target.must) ? 'met' : 'MISSED';
}

const HEADINGS = ['figure', 'paddock', 'peer', '', 'ratio', 'must', 'reach for', ''] as const;

export function table(all: readonly Row[]): string {
  const lines = all.map((row) => [
    row.title,
    format(row.ours, row.figure.unit),
    format(row.theirs, row.figure.unit),
    Number.isNaN(row.theirs) ? '' : row.system,
    Number.isNaN(row.ratio) ? '' : `${row.ratio.toFixed(2)} x`,
    bound(row.figure, row.figure.target?.must),
    bound(row.figure, row.figure.target?.reach),
    row.verdict,
  ]);
  const cells = [[...HEADINGS], ...lines];
  const widths = HEADINGS.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const text = cells.map((line) =>
    line
      .map((cell, i) =>
        i === 0 || i === 3 || i === 7 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  text.splice(1, 0, '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)));
  return text.join('\n');
}

function bound(figure: Figure, value: number | undefined): string {
  if (value === undefined || figure.target === undefined) return '';
  if (figure.target.kind === 'absolute') return format(value, figure.unit);
  return `${figure.better === 'less' ? '<= ' : ''}${value} x`;
}

export function format(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '-';
  switch (unit) {
    case 'per second':
      return value >= 10_000 ? `${(value / 1000).toFixed(1)} k/s` : `${value.toFixed(0)} /s`;
    case 'ms':
      return value >= 1000
        ? `${(value / 1000).toFixed(2)} s`
        : `${value.toFixed(value < 10 ? 3 : 1)} ms`;
    case 'us':
      return `${value.toFixed(1)} us`;
    case 'bytes':
      return value >= 1024 * 1024
        ? `${(value / 1024 / 1024).toFixed(0)} MiB`
        : `${(value / 1024).toFixed(1)} KiB`;
  }
}
