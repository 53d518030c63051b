/** The words of the calendar and of dispatch: loaded with them. */
export { calendar as calendarWords, dispatch as dispatchWords } from "./en/calendar";
