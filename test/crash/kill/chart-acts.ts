/** What is done with whole charts at a desk: two that are one patient's, taken apart again, and files of several pieces. */
import { Failure } from '../../../shared/outcome/failure.ts';
import { ATTACHMENT_PIECE, pieceLength, piecesOf } from '../../../shared/records/attachment.ts';
import type { DeskCharts } from './desk-charts.ts';
import type { Witness } from './lives.ts';
import type { Act } from './task.ts';

/** Three pieces: what is cut off has one before it and one behind. */
const SIZE = 2 * ATTACHMENT_PIECE + 11;

const ATTACH =
  'mutation Begin($input: AttachmentInput!, $title: String!) { beginAttachment(input: $input, title: $title) { next of } }';
const PIECE =
  'mutation Put($input: AttachmentInput!, $index: Int!, $data: String!) { putAttachmentPiece(input: $input, index: $index, data: $data) { next } }';
const FINISH = 'mutation Finish($input: AttachmentInput!) { finishAttachment(input: $input) }';

interface Document {
  readonly id: string;
  readonly title: string;
}

export class ChartActs {
  readonly #charts: DeskCharts;
  readonly #witness: Witness;

  constructor(charts: DeskCharts, witness: Witness) {
    this.#charts = charts;
    this.#witness = witness;
  }

  readonly acts: Readonly<Record<string, (number: number) => Promise<void>>> = {
    merge: (number) => this.#merge(number),
    attach: (number) => this.#attach(number),
  };

  async look(acts: readonly Act[]): Promise<void> {
    await this.#lookAtMerges(acts);
    await this.#lookAtFiles(acts);
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  /** Merged, and taken back. */
  async #merge(number: number): Promise<void> {
    const [into, other] = [await this.#charts.register(`Kept${number}`), await this.#charts.register(`Other${number}`)];
    await this.#charts.open(into);
    const variables = { patient: into, other, reason: 'one person' };
    await this.#witness.act('merge', { into, other }, async () => {
      await this.#charts.ask(
        'mutation Merge($patient: ID!, $other: ID!, $reason: String!) { mergePatients(patient: $patient, other: $other, reason: $reason) { patient { id } } }',
        variables,
      );
      return {};
    });
    await this.#witness.act('unmerge', { into, other }, async () => {
      await this.#charts.ask(
        'mutation Part($patient: ID!, $other: ID!, $reason: String!) { unmergePatients(patient: $patient, other: $other, reason: $reason) { patient { id } } }',
        variables,
      );
      return {};
    });
  }

  async #attach(number: number): Promise<void> {
    const name = `letter-${number}.pdf`;
    await this.#witness.act('attach', { name, modified: String(number) }, async () => {
      await this.#upload(name, number);
      return {};
    });
  }

  /** Begins, or goes on where it stopped, as a page does that chose the same file again. */
  async #upload(name: string, modified: number): Promise<void> {
    const input = { patient: this.#charts.base, name, type: 'application/pdf', size: SIZE, modified };
    const { beginAttachment } = await this.#charts.ask<{ beginAttachment: { next: number } }>(ATTACH, { input, title: name });
    for (let index = beginAttachment.next; index < piecesOf(SIZE); index++)
      await this.#charts.ask(PIECE, { input, index, data: content(index, modified).toString('base64') });
    await this.#charts.ask(FINISH, { input });
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async #lookAtMerges(acts: readonly Act[]): Promise<void> {
    for (const { state, about } of acts.filter(({ kind }) => kind === 'merge')) {
      const { into = '', other = '' } = about;
      const parted = acts.find(({ kind, about: of }) => kind === 'unmerge' && of.other === other);
      await this.#charts.open(into);
      const { chart } = await this.#charts.ask<{ chart: { merged: { id: string }[] } }>(
        'query Merged($patient: ID!) { chart(patient: $patient) { merged { id } } }',
        { patient: into },
      );
      const { patient } = await this.#charts.ask<{ patient: { mergedInto: string | null } }>(
        'query Of($id: ID!) { patient(id: $id) { mergedInto } }',
        { id: other },
      );
      const isShown = chart.merged.filter(({ id }) => id === other).length;
      if (isShown > 1) this.#witness.fault('nothing is doubled', `${other} is merged ${isShown} times`);
      if ((isShown === 1) !== (patient.mergedInto === into))
        this.#witness.fault('no half state', `the chart shows ${isShown} of ${other}, who is merged into ${patient.mergedInto}`);
      if (state === 'done' && !parted && isShown === 0)
        this.#witness.fault('nothing acknowledged is lost', `${other} is not merged any more`);
      if (parted?.state === 'done' && isShown > 0)
        this.#witness.fault('nothing acknowledged is lost', `${other} was taken apart and is merged`);
    }
  }

  async #lookAtFiles(acts: readonly Act[]): Promise<void> {
    const files = acts.filter(({ kind }) => kind === 'attach');
    if (files.length === 0) return;
    for (const { state, about } of files) {
      const { name = '', modified = '' } = about;
      const [found, ...more] = (await this.#documents()).filter(({ title }) => title === name);
      if (more.length > 0) this.#witness.fault('nothing is doubled', `${name} is there ${more.length + 1} times`);
      if (state === 'done' && !found) this.#witness.fault('nothing acknowledged is lost', `${name} is gone`);
      if (found) await this.#lookAtPieces(found, Number(modified));
      // Cut off and chosen again: it goes on, and is whole.
      else if (about === files.at(-1)?.about) await this.#again(name, Number(modified));
    }
  }

  async #again(name: string, modified: number): Promise<void> {
    try {
      await this.#upload(name, modified);
      const [found] = (await this.#documents()).filter(({ title }) => title === name);
      if (found) await this.#lookAtPieces(found, modified);
      else this.#witness.fault('it can be done again', `${name} is not there after it went on`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#witness.fault('it can be done again', `${name} does not go on: ${error.code}`);
    }
  }

  async #lookAtPieces({ id, title }: Document, modified: number): Promise<void> {
    for (let index = 0; index < piecesOf(SIZE); index++) {
      const { attachmentPiece } = await this.#charts.ask<{ attachmentPiece: string }>(
        'query Piece($patient: ID!, $record: ID!, $index: Int!) { attachmentPiece(patient: $patient, record: $record, index: $index) }',
        { patient: this.#charts.base, record: id, index },
      );
      if (!Buffer.from(attachmentPiece, 'base64').equals(content(index, modified)))
        this.#witness.fault('no half state', `piece ${index} of ${title} is not what was put there`);
    }
  }

  async #documents(): Promise<Document[]> {
    const { chart } = await this.#charts.ask<{ chart: { items: { edges: { node: Document }[] } } }>(
      'query Documents($patient: ID!) { chart(patient: $patient) { items(section: DOCUMENT, first: 200) { edges { node { id title } } } } }',
      { patient: this.#charts.base },
    );
    return chart.items.edges.map(({ node }) => node);
  }
}

const content = (index: number, file: number): Buffer => Buffer.alloc(pieceLength(SIZE, index), index * 31 + file);
