/** What a page may ask, over whatever way it comes: one service for each of its schemas. */
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';

/** The staff's page asks `device` and `vault`, a kiosk's page `kiosk` and `patient`. */
const TIERS = ['device', 'vault', 'kiosk', 'patient'] as const;
export type Tier = (typeof TIERS)[number];

export const isTier = (word: unknown): word is Tier => (TIERS as readonly unknown[]).includes(word);

export interface PageDoor {
  /** Runs a query or mutation. Never throws. */
  execute(tier: Tier, request: GraphqlRequest): Promise<GraphqlAnswer>;
  /** Follows a subscription; `done` resolves at its end and never rejects. */
  follow(tier: Tier, request: GraphqlRequest, next: (answer: GraphqlAnswer) => void): { done: Promise<void>; stop(): void };
}
