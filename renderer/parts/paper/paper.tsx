/**
 * Paper: what is shown is what is printed. A document is a list of blocks that never break; they are laid onto pages of exact size, on
 * the screen and in print by the same element, so the printer has nothing to decide.
 */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import styles from './paper.module.css';

/** Width, height and margin in microns. The same figures, in millimetres, stand in the style sheet as the size of the printed page. */
const PAPERS = {
  a4: { width: 210_000, height: 297_000, margin: 20_000, foot: 8_000 },
  a5: { width: 148_000, height: 210_000, margin: 12_000, foot: 7_000 },
  label: { width: 62_000, height: 29_000, margin: 2_000, foot: 0 },
  medicine: { width: 70_000, height: 35_000, margin: 2_000, foot: 0 },
} as const;
export type PaperSize = keyof typeof PAPERS;

const MICRONS_PER_PIXEL = 25_400 / 96;

export interface PaperBlock {
  readonly key: string;
  readonly content: ReactNode;
  /** Nothing stands above it on its page. */
  readonly startsPage?: boolean;
}

interface PaperProps {
  readonly size: PaperSize;
  readonly blocks: readonly PaperBlock[];
  /** Stands at the foot of each page, before its number. */
  readonly foot?: string;
  /** Told whether a block is higher than its page, whose end would be cut off. */
  readonly onCut?: (isCut: boolean) => void;
}

/** The pages on the screen, and once more for the printer. */
export function Paper({ size, blocks, foot, onCut }: PaperProps) {
  const { t } = useTranslation();
  const measured = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<readonly (readonly string[])[]>([]);
  useLayoutEffect(() => {
    const heights = [...(measured.current?.children ?? [])].map((child) => child.getBoundingClientRect().height);
    const next = laidOut(
      blocks.map(({ key, startsPage = false }, at) => ({ key, startsPage, height: heights[at] ?? 0 })),
      room(size),
    );
    setPages((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    onCut?.(heights.some((height) => height > room(size)));
  }, [blocks, size, onCut]);

  const of = new Map(blocks.map(({ key, content }) => [key, content]));
  const sheets = pages.map((keys, at) => (
    <section
      key={keys.join(' ')}
      className={styles.page}
      data-paper={size}
      aria-label={t('paper.page', { page: at + 1, pages: pages.length })}
    >
      <div className={styles.content}>
        {keys.map((key) => (
          <div key={key} className={styles.block}>
            {of.get(key)}
          </div>
        ))}
      </div>
      {PAPERS[size].foot === 0 ? null : (
        <footer className={styles.foot}>
          <span>{foot}</span>
          <span className={styles.number}>{t('paper.page', { page: at + 1, pages: pages.length })}</span>
        </footer>
      )}
    </section>
  ));
  return (
    <>
      <div ref={measured} className={styles.measured} data-paper={size} aria-hidden>
        {blocks.map(({ key, content }) => (
          <div key={key} className={styles.block}>
            {content}
          </div>
        ))}
      </div>
      <div className={styles.preview}>{sheets}</div>
      {createPortal(<div className={styles.printed}>{sheets}</div>, document.body)}
    </>
  );
}

/** Pixels of height that a page has for its blocks. */
function room(size: PaperSize): number {
  const { height, margin, foot } = PAPERS[size];
  return (height - 2 * margin - foot) / MICRONS_PER_PIXEL;
}

interface LaidBlock extends Required<Pick<PaperBlock, 'key' | 'startsPage'>> {
  readonly height: number;
}

/** Blocks in their order, each page as full as it gets. A block that is higher than a page has one of its own. */
function laidOut(blocks: readonly LaidBlock[], room: number): string[][] {
  const pages: string[][] = [];
  let left = 0;
  for (const { key, height, startsPage } of blocks) {
    const page = startsPage || height > left ? undefined : pages.at(-1);
    if (page) page.push(key);
    else pages.push([key]);
    left = (page ? left : room) - height;
  }
  return pages;
}

const LONGEST = 600;

/** A text in pieces that each fit onto a page: its lines, long ones cut behind a sentence or a word. Together they are the text. */
export function textBlocks(text: string, longest = LONGEST): string[] {
  return text.split('\n').flatMap((line) => {
    const pieces: string[] = [];
    let rest = line;
    while (rest.length > longest) {
      const sentence = rest.lastIndexOf('. ', longest) + 1;
      const cut = sentence > 0 ? sentence : rest.lastIndexOf(' ', longest);
      const at = cut > 0 ? cut : longest;
      pieces.push(rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...pieces, rest];
  });
}
