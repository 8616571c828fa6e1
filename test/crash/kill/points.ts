/**
 * The named points, by their names. A line that does not stand exactly once in its file any more is refused when the file is loaded.
 */
import { CHANGE_POINTS } from './change-points.ts';
import { CLINIC_POINTS } from './clinic-points.ts';
import { DAY_POINTS } from './day-points.ts';
import { DESK_POINTS } from './desk-points.ts';
import { KIOSK_POINTS } from './kiosk-points.ts';
import type { Point } from './point.ts';
import { REGION_POINTS } from './region-points.ts';
import { WORK_POINTS } from './work-points.ts';

export const POINTS: Readonly<Record<string, Point>> = byName([
  DESK_POINTS,
  DAY_POINTS,
  REGION_POINTS,
  CHANGE_POINTS,
  CLINIC_POINTS,
  WORK_POINTS,
  KIOSK_POINTS,
]);

/** @throws {RangeError} where two points have one name: the first would never be tried. */
function byName(groups: ReadonlyArray<Readonly<Record<string, Point>>>): Record<string, Point> {
  const points: Record<string, Point> = {};
  for (const [name, point] of groups.flatMap(Object.entries<Point>)) {
    if (points[name]) throw new RangeError(`Two points are named "${name}".`);
    points[name] = point;
  }
  return points;
}
