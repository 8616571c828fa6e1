/**
 * PDF on a canvas, by Mozilla's pdf.js in this page: no plug-in, no frame, no script of the document, no address that it names. It runs
 * without a worker, since a page under our policy makes none out of a text.
 */
import type { PDFDocumentProxy } from 'pdfjs-dist';

export interface PdfPages {
  readonly count: number;
  /** @param number from 1 */
  draw(number: number, canvas: HTMLCanvasElement, width: number): Promise<void>;
  close(): Promise<void>;
}

/** @throws when it is no PDF, or one that asks for a password. */
export async function openPdf(content: Blob): Promise<PdfPages> {
  const [pdf, worker] = await Promise.all([import('pdfjs-dist'), import('pdfjs-dist/build/pdf.worker.mjs')]);
  Object.assign(globalThis, { pdfjsWorker: worker });
  const document: PDFDocumentProxy = await pdf.getDocument({
    data: new Uint8Array(await content.arrayBuffer()),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
  }).promise;
  return {
    count: document.numPages,
    draw: async (number, canvas, width) => {
      const page = await document.getPage(number);
      const scale = (width * window.devicePixelRatio) / page.getViewport({ scale: 1 }).width;
      const viewport = page.getViewport({ scale });
      Object.assign(canvas, { width: Math.floor(viewport.width), height: Math.floor(viewport.height) });
      await page.render({ canvas, viewport }).promise;
      page.cleanup();
    },
    close: () => document.loadingTask.destroy(),
  };
}
