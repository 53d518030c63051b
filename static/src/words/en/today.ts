/** The technician’s day. */

export const today = {};
