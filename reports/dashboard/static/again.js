// While something is being read, look again every few seconds; the link does the same without this script.
"use strict";
setTimeout(() => location.reload(), 4000);
