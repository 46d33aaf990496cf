import { findOrder } from './orders.js';

/** The text that goes on the parcel. */
export function deliveryLabel(query, orders) {
  const order = findOrder(query, orders);
  if (order === undefined) return { status: 404, body: { error: 'no such order' } };
  return { status: 200, body: { order: order.id, lines: labelLines(order) } };
}

function labelLines({ customer }) {
  const { street, city } = customer.address;
  return [customer.name, street, city.toUpperCase()];
}
