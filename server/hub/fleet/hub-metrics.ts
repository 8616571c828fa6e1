/**
 * What the hub counts, for Prometheus. Labels are operations of the closed list and codes of failures: no id, no name and no address, so that
 * a copy of the metrics says nothing of a clinic.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { GraphqlService } from '../../graphql/apollo.ts';
import type { HubDiskState } from './disk.ts';

/** Seconds: what a device waits for an answer. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** The form of a failure's code; anything else is counted as `other`. */
const CODE = /^[a-z-]{1,24}\.[a-z-]{1,40}$/;

/** What is read when somebody asks for the metrics. */
interface MeasuredHub {
  /** Blocks of the ledger. */
  blocks(): number;
  /** Devices that are on the line now. */
  connected(): number;
  /** Clinics in quarantine. */
  quarantined(): number;
  /** Whether the hub takes and orders blocks, and its ledger lies as it was written. */
  isReady(): Promise<boolean>;
  /** Whether documents can be stored and read. */
  hasDocuments(): Promise<boolean>;
  disk(): Promise<HubDiskState>;
  /** Seconds of processor that one turn of the event loop took at most, since it was last asked. */
  longestTurn(): number;
}

export class HubMetrics {
  /** Hears of each operation answered, after how many milliseconds. */
  onAnswered: (ms: number) => void = () => undefined;
  /** Hears of each request that came to no operation. */
  onRefused: () => void = () => undefined;
  readonly #registry = new Registry();
  readonly #requests: Counter<'schema' | 'operation' | 'code'>;
  readonly #seconds: Histogram<'operation'>;
  readonly #refused: Counter<'code'>;
  readonly #incidents: Counter;

  constructor(hub: MeasuredHub) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'careledger_hub_operations_total',
      help: 'Operations answered, by name and by the code of their refusal',
      labelNames: ['schema', 'operation', 'code'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'careledger_hub_operation_seconds',
      help: 'Time to answer an operation',
      labelNames: ['operation'],
      buckets: BUCKETS,
      registers,
    });
    this.#refused = new Counter({
      name: 'careledger_hub_requests_refused_total',
      help: 'Requests refused before any operation was run',
      labelNames: ['code'],
      registers,
    });
    this.#incidents = new Counter({
      name: 'careledger_hub_incidents_total',
      help: 'Errors that nobody foresaw; the log has each with its id',
      registers,
    });
    const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
      new Gauge({
        name: `careledger_hub_${name}`,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    };
    gauge('ledger_blocks', 'Blocks of the ledger', () => hub.blocks());
    gauge('devices_connected', 'Devices on the line', () => hub.connected());
    gauge('turn_processor_seconds', 'Processor time of the longest turn of the event loop since this was last read', () =>
      hub.longestTurn(),
    );
    gauge('clinics_quarantined', 'Clinics of which nothing is taken', () => hub.quarantined());
    gauge('disk_faults', 'Things on the disk that are not as they were written', async () =>
      (await hub.disk()).faults.reduce((sum, { count }) => sum + count, 0),
    );
    gauge(
      'disk_looked_at_seconds',
      'When the newest whole look at the disk ended, seconds since 1970; 0 before the first',
      async () => Math.floor(((await hub.disk()).finishedAt ?? 0) / 1000),
    );
    gauge('ready', '1 while the hub takes and orders blocks and its ledger lies as it was written', async () =>
      Number(await hub.isReady()),
    );
    gauge('documents_ready', '1 while documents can be stored and read', async () => Number(await hub.hasDocuments()));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text that Prometheus reads. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  incident(): void {
    this.#incidents.inc();
  }

  /** A request that came to no operation. */
  refused(code: string): void {
    this.#refused.inc({ code: codeWord(code) });
    this.onRefused();
  }

  /** The same service, with each operation counted. @param operations by name */
  measure<Context>(
    schema: string,
    names: ReadonlyMap<string, string>,
    service: GraphqlService<Context>,
  ): GraphqlService<Context> {
    return {
      ...service,
      execute: async (request, context) => {
        const began = performance.now();
        const answer = await service.execute(request, context);
        const operation = names.get(request.query) ?? 'unknown';
        const code = answer.errors?.[0]?.extensions?.code;
        this.#requests.inc({ schema, operation, code: code === undefined ? 'ok' : codeWord(String(code)) });
        const ms = performance.now() - began;
        this.#seconds.observe({ operation }, ms / 1000);
        this.onAnswered(ms);
        return answer;
      },
    };
  }
}

const codeWord = (code: string): string => (CODE.test(code) ? code : 'other');
