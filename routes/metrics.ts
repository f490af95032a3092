/**
 * `/metrics` for Prometheus. Values are read when they are asked for; which there are stands in
 * metric-rows.ts.
 */
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from './context.ts';
import { COUNTERS, GAUGES, HISTOGRAMS, type MetricSource } from './metric-rows.ts';
import { operation } from './openapi.ts';
import { queryOf } from './query.ts';

const { query: NO_PARAMETERS } = operation('getMetrics');

export function registerMetrics(app: FastifyInstance, context: RouteContext): void {
  let exposition: Promise<Exposition> | undefined;
  app.get('/metrics', async (request, reply) => {
    queryOf(request.raw.url ?? '', NO_PARAMETERS);
    exposition ??= makeExposition(context);
    const { contentType, text } = await exposition;
    reply.header('content-type', contentType);
    return text();
  });
}

interface Exposition {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** The library is loaded when the first scrape comes: a start does not wait for it. */
async function makeExposition(context: RouteContext): Promise<Exposition> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import(
    'prom-client'
  );
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const gauges = GAUGES.map(({ name, help, labels: labelNames = [], samples }) => {
    const gauge = new Gauge({ name, help, labelNames, registers });
    return { reset: () => gauge.reset(), put: gauge.set.bind(gauge), samples };
  });
  const counters = COUNTERS.map(({ name, help, labels: labelNames = [], samples }) => {
    const counter = new Counter({ name, help, labelNames, registers });
    return { reset: () => counter.reset(), put: counter.inc.bind(counter), samples };
  });
  const histograms = HISTOGRAMS.map(({ name, help, buckets, from }) => {
    return { histogram: new Histogram({ name, help, buckets, registers }), from };
  });
  return {
    contentType: register.contentType,
    text: () => {
      const source = sourceOf(context);
      // A member that is no longer there has no sample any more.
      for (const { reset, put, samples } of [...gauges, ...counters]) {
        reset();
        for (const { labels = {}, value } of samples(source)) put(labels, value);
      }
      const durations = context.coordinator.takeDurations();
      for (const { histogram, from } of histograms) {
        for (const ms of durations[from]) histogram.observe(ms);
      }
      return register.metrics();
    },
  };
}

function sourceOf({ coordinator, waits, version, certificates }: RouteContext): MetricSource {
  return {
    status: coordinator.status(),
    ensemble: coordinator.ensemble(),
    metrics: coordinator.metrics(),
    held: waits.count,
    version,
    certificates: certificates(),
  };
}
