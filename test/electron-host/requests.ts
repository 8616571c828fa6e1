/** Each request of a page passes here: navigation is judged, filters are asked, custom schemes are answered by the app. */
import type { DevToolsSession, ProtocolValue } from './devtools.ts';
import { fromChromium } from './schemes.ts';
import type { WebContents } from './web-contents.ts';

export async function answerRequest(
  page: DevToolsSession,
  contents: WebContents,
  { requestId, request, resourceType }: ProtocolValue,
  mayNavigate: () => boolean,
): Promise<void> {
  const refuse = (errorReason: string): Promise<unknown> => page.send('Fetch.failRequest', { requestId, errorReason });
  const url = fromChromium(request.url);
  if (!mayNavigate()) return void (await refuse('Aborted'));
  const details = {
    id: requestId,
    url,
    method: request.method,
    resourceType: kindOf(resourceType),
    webContents: contents,
    referrer: '',
  };
  if (!(await contents.session.standInAllows(details))) return void (await refuse('BlockedByClient'));
  const handler = contents.session.protocol.standInHandlerOf(url.slice(0, url.indexOf(':')));
  if (!handler) return void (await page.send('Fetch.continueRequest', { requestId }));
  try {
    const response = await handler(asRequest(url, request));
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    await page.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
  } catch (error) {
    console.error(`stand-in: the handler of ${url} failed`, error);
    await refuse('Failed');
  }
}

function asRequest(url: string, { method, headers, postData }: ProtocolValue): Request {
  return new Request(url, { method, headers, body: postData });
}

/** DevTools' resource type in Electron's word. */
function kindOf(resourceType: string): string {
  return resourceType === 'Document' ? 'mainFrame' : resourceType.toLowerCase();
}
