/** The pages of a PDF, by Mozilla's reader: how large each is, and what stands on it. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfPage {
  /** Whole millimetres: Chromium rounds a page to its pixels. */
  readonly width: number;
  readonly height: number;
  /** Without blanks: lines break where they like. */
  readonly text: string;
}

const POINTS_PER_MILLIMETRE = 72 / 25.4;
const millimetres = (points: number): number => Math.round(points / POINTS_PER_MILLIMETRE);

export const withoutBlanks = (text: string): string => text.replaceAll(/\s+/g, '');

/** A run of text and where it begins on its page, in millimetres from the page's upper left corner. */
export interface PlacedText {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  /** Where its letters stand. */
  readonly base: number;
}

/** Every run of text of a PDF; those of blanks alone are left out. */
export async function pdfRuns(pdf: Uint8Array): Promise<PlacedText[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const runs: PlacedText[] = [];
  for (let page = 0; page < document.numPages; page++) {
    const read = await document.getPage(page + 1);
    const [left = 0, , , top = 0] = read.view;
    for (const item of (await read.getTextContent()).items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [x, y] = item.transform.slice(4) as [number, number];
      runs.push({
        page,
        text: item.str.trim(),
        left: (x - left) / POINTS_PER_MILLIMETRE,
        base: (top - y) / POINTS_PER_MILLIMETRE,
      });
    }
  }
  return runs;
}

export async function pdfPages(pdf: Uint8Array): Promise<PdfPage[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: PdfPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const { items } = await page.getTextContent();
    const text = withoutBlanks(items.map((item) => ('str' in item ? item.str : '')).join(''));
    pages.push({ width: millimetres(right - left), height: millimetres(top - bottom), text });
  }
  return pages;
}
