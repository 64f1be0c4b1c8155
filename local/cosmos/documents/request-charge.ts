/**
 * Request units, near to what Azure charges: a point read of 1 KB costs 1 and of 100 KB 10, a write of 1 KB about 5.5
 * and of 100 KB about 50, a query 2.3 and a little for what it reads.
 *
 * @see https://learn.microsoft.com/azure/cosmos-db/request-units
 */
export function readCharge(sizeBytes: number): number {
  return rounded(1 + perKilobyte(sizeBytes) * 0.09);
}

export function writeCharge(sizeBytes: number): number {
  return rounded(5.5 + perKilobyte(sizeBytes) * 0.45);
}

export function queryCharge(documentCount: number, sizeBytes: number): number {
  return rounded(2.3 + documentCount * 0.03 + (sizeBytes / 1024) * 0.05);
}

/** Kilobytes beyond the first. */
function perKilobyte(sizeBytes: number): number {
  return Math.max(0, sizeBytes / 1024 - 1);
}

function rounded(charge: number): number {
  return Math.round(charge * 100) / 100;
}
