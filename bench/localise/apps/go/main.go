package main

import "nightly.example/app/nightly"

func main() {
	nightly.Run()
}
