import { create } from 'qrcode';
import { useMemo } from 'react';

const QUIET_ZONE = 4;

/** A QR code drawn as one path of its modules; null when the text is too long for one code. */
export function QrCode({ text, label, size = 220 }: { text: string; label: string; size?: number }) {
  const drawn = useMemo(() => modules(text), [text]);
  if (!drawn) return null;
  const side = drawn.size + 2 * QUIET_ZONE;
  return (
    <svg role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#ffffff" />
      <path d={drawn.path} fill="#000000" />
    </svg>
  );
}

function modules(text: string): { size: number; path: string } | null {
  try {
    const { data, size } = create(text, { errorCorrectionLevel: 'L' }).modules;
    const dark = Array.from({ length: size * size }, (_, index) => index).filter((index) => data[index]);
    const path = dark.map((index) => `M${(index % size) + QUIET_ZONE} ${Math.floor(index / size) + QUIET_ZONE}h1v1h-1z`).join('');
    return { size, path };
  } catch {
    return null;
  }
}
