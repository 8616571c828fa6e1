/** The nonce under which this load may bring its own styles; the host writes it into the page. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';

// Where react-remove-scroll, below Mantine's dialogs, looks for it.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
