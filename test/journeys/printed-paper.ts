/** What Chromium prints of a paper, held against the paper that the screen shows: its pages, its words, and where each of them stands. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type PdfPage, type PlacedText, pdfPages, pdfRuns, withoutBlanks } from '../support/pdf-pages.ts';

/** The pages that Chromium prints, each word of which stands where the preview has it. */
export async function printedWhereShown(page: Page, paper: Locator): Promise<PdfPage[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = await pdfPages(pdf);
  const words = await wordsShown(paper, pages[0]?.width ?? 0);
  const isThere = ({ page: sheet, text, left, base }: PlacedText): boolean =>
    words.some(
      (word) =>
        word.page === sheet &&
        (text.startsWith(word.text) || word.text.includes(text)) &&
        left > word.left - NEAR &&
        left < word.right + NEAR &&
        base > word.top - NEAR &&
        base < word.bottom + NEAR,
    );
  expect((await pdfRuns(pdf)).filter((run) => !isThere(run))).toEqual([]);
  return pages;
}

/** Millimetres. */
const NEAR = 1;

interface ShownWord {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Each word of the preview with its box, in millimetres of a paper of this width. */
function wordsShown(paper: Locator, width: number): Promise<ShownWord[]> {
  return paper.getByRole('region').evaluateAll((sheets, wide) => {
    const words: ShownWord[] = [];
    for (const [page, sheet] of sheets.entries()) {
      const box = sheet.getBoundingClientRect();
      const scale = wide / box.width;
      const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const { 0: text, index } of (node.nodeValue ?? '').matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + text.length);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          const [x, y] = [box.left, box.top];
          words.push({
            page,
            text,
            left: (left - x) * scale,
            right: (right - x) * scale,
            top: (top - y) * scale,
            bottom: (bottom - y) * scale,
          });
        }
    }
    return words;
  }, width);
}

/** The pages of the preview, as a PDF should have them. */
export async function pagesShown(paper: Locator, width: number, height: number): Promise<PdfPage[]> {
  const texts = await paper.getByRole('region').allInnerTexts();
  return texts.map((text) => ({ width, height, text: withoutBlanks(text) }));
}
